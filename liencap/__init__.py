"""Liencap carries a decision down through every level of an organisation and brings the results back up."""

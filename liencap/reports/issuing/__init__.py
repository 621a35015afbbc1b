"""From a draft to a numbered paper: comments, adoption, the register, signed copies, charts, the presentation."""

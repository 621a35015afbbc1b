"""The second sample plan, in English and as plain text; an invention of ours."""

TITLE = "Action plan on member education and exchange between provinces"
NAME = "Action plan on member education.txt"
PLAN = """\
GREEN RIVER FEDERATION OF COOPERATIVES
BOARD OF DIRECTORS

ACTION PLAN
on member education and exchange between provinces
No. 05/AP-GRF
Adopted on 2 February 2026

WHEREAS the Sixth Congress asked that every cooperative know its rights and duties under the Law on Cooperatives; and
WHEREAS the provinces have much to learn from one another;

NOW, THEREFORE, BE IT RESOLVED that the provincial federations carry out the following tasks:

1. Each provincial federation shall name a person in charge of member education by 15 March 2026.
2. The Education Committee shall prepare a handbook on bookkeeping for small cooperatives, in cooperation with the \
Finance Committee, no later than 30 April 2026.
3. Provincial federations shall hold at least two training days for newly elected boards before 30 June 2026.
4. Provincial federations shall visit a neighbouring province and report what they learned by 31 October 2026.
5. The Secretariat shall report to the Board of Directors on the progress of this plan every quarter.
"""

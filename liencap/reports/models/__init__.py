"""Periods, who owes which report, what was sent, what was answered, and the totals.

A version that was sent never changes, but that words may be taken out of it (`Redaction`). Two
totals stand apart: received (all that was sent in the subtree)
and official (own figures, and those of each child as accepted with what it carried up).
"""

from liencap.reports.models.answering import Acceptance as Acceptance
from liencap.reports.models.answering import Correction as Correction
from liencap.reports.models.answering import SignedAs as SignedAs
from liencap.reports.models.asking import FormVersion as FormVersion
from liencap.reports.models.asking import Indicator as Indicator
from liencap.reports.models.asking import Target as Target
from liencap.reports.models.consolidated import ConsolidatedReport as ConsolidatedReport
from liencap.reports.models.delivery import Delivery as Delivery
from liencap.reports.models.editions import Edition as Edition
from liencap.reports.models.evidence import Evidence as Evidence
from liencap.reports.models.evidence import VersionEvidence as VersionEvidence
from liencap.reports.models.gaps import Gap as Gap
from liencap.reports.models.issuing import Adoption as Adoption
from liencap.reports.models.issuing import DraftComment as DraftComment
from liencap.reports.models.issuing import DraftRecipient as DraftRecipient
from liencap.reports.models.issuing import DraftRound as DraftRound
from liencap.reports.models.issuing import Registration as Registration
from liencap.reports.models.issuing import SignedCopy as SignedCopy
from liencap.reports.models.joint import JointActivity as JointActivity
from liencap.reports.models.joint import JointPartner as JointPartner
from liencap.reports.models.ledger import ObligationAct as ObligationAct
from liencap.reports.models.ledger import PeriodException as PeriodException
from liencap.reports.models.ledger import Transfer as Transfer
from liencap.reports.models.periods import Obligation as Obligation
from liencap.reports.models.periods import Period as Period
from liencap.reports.models.periods import PeriodDue as PeriodDue
from liencap.reports.models.recorded import AskedLine as AskedLine
from liencap.reports.models.redaction import MARK as MARK
from liencap.reports.models.redaction import Redaction as Redaction
from liencap.reports.models.redaction import without as without
from liencap.reports.models.reporting import Draft as Draft
from liencap.reports.models.reporting import Passage as Passage
from liencap.reports.models.reporting import Report as Report
from liencap.reports.models.reporting import ReportVersion as ReportVersion
from liencap.reports.models.reporting import Return as Return
from liencap.reports.models.reporting import TaskEntry as TaskEntry
from liencap.reports.models.template import ReportTemplate as ReportTemplate
from liencap.reports.models.told import Cause as Cause
from liencap.reports.models.told import ComposedPassage as ComposedPassage
from liencap.reports.models.told import ComposedStep as ComposedStep
from liencap.reports.models.told import Late as Late
from liencap.reports.models.told import LengthBudget as LengthBudget
from liencap.reports.models.told import PassageSource as PassageSource
from liencap.reports.models.told import Sentence as Sentence
from liencap.reports.models.totals import Settled as Settled
from liencap.reports.models.totals import Total as Total

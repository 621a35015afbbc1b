"""Reviews, what units say in them, samples of evidence, earlier years, and what carries over."""

from liencap.reviews.models.carrying import Carried as Carried
from liencap.reviews.models.carrying import FirstPage as FirstPage
from liencap.reviews.models.earlier import EarlierFigure as EarlierFigure
from liencap.reviews.models.earlier import FigureCell as FigureCell
from liencap.reviews.models.earlier import FigureImport as FigureImport
from liencap.reviews.models.earlier import OldPassage as OldPassage
from liencap.reviews.models.earlier import OldReport as OldReport
from liencap.reviews.models.publishing import PublishedReview as PublishedReview
from liencap.reviews.models.rounds import CodeList as CodeList
from liencap.reviews.models.rounds import Review as Review
from liencap.reviews.models.rounds import ReviewDue as ReviewDue
from liencap.reviews.models.rounds import Subject as Subject
from liencap.reviews.models.rounds import TaskGroup as TaskGroup
from liencap.reviews.models.said import CauseNamed as CauseNamed
from liencap.reviews.models.said import FollowUp as FollowUp
from liencap.reviews.models.said import Grade as Grade
from liencap.reviews.models.said import Lesson as Lesson
from liencap.reviews.models.said import ReviewReturn as ReviewReturn
from liencap.reviews.models.said import ReviewVersion as ReviewVersion
from liencap.reviews.models.said import UnitReview as UnitReview
from liencap.reviews.models.sampling import Sample as Sample
from liencap.reviews.models.sampling import SampleItem as SampleItem

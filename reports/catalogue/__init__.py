"""The reports there are. A new one is a module here and a line below."""

from .cases import CaseList
from .donor import DonorReport

CATALOGUE = {report.name: report for report in (DonorReport, CaseList)}

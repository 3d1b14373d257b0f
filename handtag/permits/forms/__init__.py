"""What staff type about permits, services and rules."""

from handtag.permits.forms.deciding import CheckForm, DecisionForm, ReviewForm
from handtag.permits.forms.settings import RuleForm, ServiceForm

__all__ = ["CheckForm", "DecisionForm", "ReviewForm", "RuleForm", "ServiceForm"]

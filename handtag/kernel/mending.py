"""A refusal is said beside the field it is about, and what was typed stays."""

from django.forms import BaseForm

from handtag.kernel.errors import Problem, Problems


def beside(form: BaseForm, problem: Problem) -> None:
    """Put a refusal on the form: each problem at its field, those of no field above them all."""
    for each in problem.problems if isinstance(problem, Problems) else (problem,):
        form.add_error(each.field if each.field in form.fields else None, str(each.message))

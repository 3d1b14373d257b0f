"""The room groups as Django knows it."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Groups and organisations."""

    name = "handtag.groups"
    label = "groups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Each area has its group; whoever is erased is in none; a role may be narrowed to some."""
        from handtag.groups import actions, queries
        from handtag.groups.messages import samples
        from handtag.municipalities import actions as municipalities
        from handtag.notices.actions import EVERY_TEXT
        from handtag.people import actions as people
        from handtag.people.queries import SCOPES

        municipalities.AFTER_ADD.append(actions.give_area_groups)
        municipalities.AFTER_AREAS.append(actions.follow_areas)
        people.AFTER_ERASE.append(actions.forget_person)
        SCOPES["groups"] = queries.scopes
        EVERY_TEXT.append(samples)

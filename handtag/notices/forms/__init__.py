"""What is typed about channels: how one is told, and the municipality's line."""

from handtag.notices.forms.own import ChannelsForm, DeviceForm
from handtag.notices.forms.settings import LineForm

__all__ = ["ChannelsForm", "DeviceForm", "LineForm"]

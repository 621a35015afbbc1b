"""Every write of the room: giving notices and settling them, reminders, and mail."""

from liencap.notices.actions.choosing import choose_mail as choose_mail
from liencap.notices.actions.choosing import confirm_address as confirm_address
from liencap.notices.actions.giving import Message as Message
from liencap.notices.actions.giving import mark_all_read as mark_all_read
from liencap.notices.actions.giving import mark_read as mark_read
from liencap.notices.actions.giving import notify as notify
from liencap.notices.actions.giving import settle as settle

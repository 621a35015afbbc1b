"""Addresses of the units room."""

from django.urls import path, re_path

from liencap.units.views import activation, events, handing, imports, members, people, seats, slips, tree

app_name = "units"
urlpatterns = [
    path("", tree.unit_list, name="list"),
    path("rows/", tree.unit_rows, name="rows"),
    path("<int:pk>/", tree.unit_page, name="detail"),
    path("<int:pk>/children/", tree.unit_children, name="children"),
    path("<int:pk>/found/", tree.found_unit, name="found"),
    path("<int:pk>/rename/", tree.rename_unit, name="rename"),
    path("<int:pk>/move/", tree.move_unit, name="move"),
    path("<int:pk>/close/", tree.close_unit, name="close"),
    path("<int:pk>/bodies/new/", seats.found_body, name="found-body"),
    path("<int:pk>/seats/", seats.seat_list, name="seats"),
    path("<int:pk>/seats/new/", seats.found_seat, name="found-seat"),
    path("seats/<int:pk>/appoint/", seats.appoint, name="appoint"),
    path("appointments/<int:pk>/end/", seats.end_appointment, name="end-appointment"),
    path("<int:pk>/events/", events.event_list, name="events"),
    path("<int:pk>/events/new/", events.record_event, name="record-event"),
    path("events/<int:pk>/correct/", events.correct_event, name="correct-event"),
    path("<int:pk>/slips/", slips.slips, name="slips"),
    path("<int:pk>/members/", members.member_list, name="members"),
    path("<int:pk>/members/new/", members.enter_members, name="enter-members"),
    path("<int:pk>/members/slips/", members.member_slips, name="member-slips"),
    path("memberships/<int:pk>/end/", members.end_membership, name="end-membership"),
    path("<int:pk>/former/", people.former, name="former"),
    path("people/<int:pk>/erase/", people.erase_person, name="erase-person"),
    path("activate/", activation.activate, name="activate"),
    re_path("^activate/(?P<way>pin|password|passkey)/$", activation.activate_by, name="activate-by"),
    path("appointments/<int:pk>/slip/", slips.slip, name="slip"),
    path("appointments/<int:pk>/renew/", handing.renew, name="renew"),
    path("slips/<int:pk>/revoke/", slips.revoke_slip, name="revoke-slip"),
    path("seats/<int:pk>/hand-over/", handing.hand_over, name="hand-over"),
    path("seats/<int:pk>/stand-in/", handing.stand_in, name="stand-in"),
    path("hand-overs/<int:pk>/", handing.protocol, name="protocol"),
    path("hand-overs/<int:pk>/receive/", handing.receive, name="receive"),
    path("hand-overs/<int:pk>/cancel/", handing.cancel_hand_over, name="cancel-hand-over"),
    path("imports/", imports.import_list, name="imports"),
    path("imports/sample.xlsx", imports.import_sample, name="import-sample"),
    path("imports/<int:pk>/", imports.import_preview, name="import"),
    path("imports/<int:pk>/slips/", slips.import_slips, name="import-slips"),
    path("imports/<int:pk>/confirm/", imports.import_confirm, name="import-confirm"),
    path("imports/<int:pk>/drop/", imports.import_drop, name="import-drop"),
]

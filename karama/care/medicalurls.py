"""Addresses of medicines, the body, needs and visits: ids only."""

from __future__ import annotations

from django.urls import path

from karama.care.views import beginning, body, correcting, medicines, missed, stock, visits

urlpatterns = [
    path("people/<uuid:person>/medicines/", medicines.medicines, name="medicines"),
    path("people/<uuid:person>/medicines/new/", medicines.new, name="prescribe"),
    path("people/<uuid:person>/medicines/check/", medicines.check, name="check_medicines"),
    path("prescriptions/<uuid:prescription>/", medicines.prescription, name="prescription"),
    path("prescriptions/<uuid:prescription>/hand-out/", medicines.hand_out, name="hand_out"),
    path("prescriptions/<uuid:prescription>/stop/", medicines.stop, name="stop_prescription"),
    path("sites/<uuid:site>/medicines/", stock.stock, name="stock"),
    path("batches/<uuid:batch>/", stock.batch, name="batch"),
    path("people/<uuid:person>/body/", body.body, name="body"),
    path("people/<uuid:person>/body/new/", body.new, name="new_body_session"),
    path("body/<uuid:body>/", body.session, name="body_session"),
    path("body/<uuid:body>/correct/", correcting.amend_a_body_session, name="amend_body_session"),
    path("medicine-checks/<uuid:medicine_check>/", correcting.check, name="check"),
    path("medicine-checks/<uuid:medicine_check>/correct/", correcting.amend_a_check, name="amend_check"),
    path("nurse-visits/<uuid:nurse_visit>/", correcting.visit, name="visit"),
    path("nurse-visits/<uuid:nurse_visit>/correct/", correcting.amend_a_visit, name="amend_visit"),
    path("activities/<uuid:activity>/end/", body.end_one, name="end_activity"),
    path("people/<uuid:person>/cautions/", body.cautions, name="cautions"),
    path("cautions/<uuid:caution>/end/", body.end_avoiding, name="end_caution"),
    path("people/<uuid:person>/needs/", body.needs, name="needs"),
    path("needs/<uuid:need>/", body.follow, name="follow_need"),
    path("people/<uuid:person>/visits/", visits.visits, name="visits"),
    path("people/<uuid:person>/visits/new/", visits.new, name="new_visit"),
    path("people/<uuid:person>/visits/form/", visits.visit_form, name="visit_form"),
    path("people/<uuid:person>/visits/draft/", visits.draft, name="draft_visit"),
    path("people/<uuid:person>/visits/follow-up/", visits.follow_up, name="follow_up"),
    path("people/<uuid:person>/visits/missed/", missed.missed, name="missed"),
    path("visits/begin/", beginning.begin, name="begin_visit"),
    path("visits/register/", visits.registers, name="registers"),
    path("sites/<uuid:site>/visits/", visits.register, name="register"),
]

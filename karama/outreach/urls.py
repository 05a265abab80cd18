"""Addresses of this room: ids and codes of areas only, nothing personal."""

from __future__ import annotations

from django.urls import path

from karama.outreach.views import areas, goods, security, sheets, stock, visits

app_name = "outreach"

urlpatterns = [
    path("visits/", visits.visits, name="visits"),
    path("visits/plan/", visits.plan, name="plan"),
    path("visits/<uuid:visit>/", visits.visit, name="visit"),
    path("visits/<uuid:visit>/sheet/", sheets.visit_sheet, name="visit_sheet"),
    path("visits/<uuid:visit>/signing/", sheets.signing_sheet, name="signing_sheet"),
    path("visits/<uuid:visit>/<slug:sign>/", visits.step, name="step"),
    path("areas/", areas.areas, name="areas"),
    path("areas/<uuid:site>/<slug:area>/", areas.set_area, name="set_area"),
    path("on-the-way/", security.security, name="security"),
    path("on-the-way/new/", security.new_security, name="new_security"),
    path("on-the-way/<uuid:event>/", security.security_incident, name="security_incident"),
    path("given/", goods.goods, name="goods"),
    path("given/many/", goods.give_many, name="give_many"),
    path("given/colleague/", goods.give_colleague, name="give_colleague"),
    path("given/sheet/", sheets.goods_sheet, name="goods_sheet"),
    path("given/stock/", stock.stock, name="stock"),
    path("given/stock/<uuid:site>/<slug:what>/", stock.stock_of, name="stock_of"),
    path("given/deliveries/<uuid:delivery>/", stock.delivery, name="delivery"),
    path("given/<uuid:issue>/", goods.amend, name="amend"),
    path("people/<uuid:person>/given/", goods.give, name="give"),
]

"""Addresses of this room: ids only, nothing personal."""

from __future__ import annotations

from django.urls import path

from karama.voice.views import (
    assessments,
    board,
    copies,
    deletions,
    keeping,
    lists,
    messages,
    officer,
    papers,
    public,
    requests,
    sounds,
)

app_name = "voice"

urlpatterns = [
    path("say/", public.say, name="say"),
    path("say/answer/", public.reply, name="reply"),
    path("say/board/", public.wall, name="wall"),
    path("messages/", messages.inbox, name="inbox"),
    path("messages/paper/", messages.paper, name="paper"),
    path("messages/posters/", messages.posters, name="posters"),
    path("messages/board/", board.board, name="board"),
    path("messages/board/<uuid:line>/", board.board_step, name="board_step"),
    path("messages/<uuid:feedback>/", messages.message, name="message"),
    path("messages/<uuid:feedback>/sound/<uuid:sound>/", sounds.sound, name="sound"),
    path("rights/", officer.officer, name="officer"),
    path("rights/lists/<str:listed>/", lists.officer_list, name="list"),
    path("rights/left/", lists.exports, name="exports"),
    path("rights/keeping/", keeping.keeping, name="keeping"),
    path("rights/keeping/<uuid:person>/", keeping.due, name="due"),
    path("rights/assessments/", assessments.assessments, name="assessments"),
    path("rights/assessments/<uuid:programme>/", assessments.assessment, name="assessment"),
    path("rights/person/<uuid:person>/", requests.of_person, name="of_person"),
    path("rights/person/<uuid:person>/papers/", papers.papers, name="papers"),
    path("rights/person/<uuid:person>/lift/", requests.lift, name="lift"),
    path("rights/<uuid:rights>/", requests.request, name="request"),
    path("rights/<uuid:rights>/done/", requests.done, name="done"),
    path("rights/<uuid:rights>/copy/", copies.copy, name="copy"),
    path("rights/<uuid:rights>/file/", copies.file, name="file"),
    path("rights/file/<uuid:copy>/", copies.download, name="download"),
    path("rights/<uuid:rights>/deletion/", deletions.deletion, name="deletion"),
    path("rights/<uuid:rights>/deletion/back/", deletions.send_back, name="send_back"),
    path("rights/certificates/<uuid:certificate>/", deletions.certificate, name="certificate"),
]

"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class CareConfig(AppConfig):
    """Registers this room's answers to merging and erasing, its lines on Today and its part of a person's page."""

    name = "karama.care"
    label = "care"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from karama.accounts.registries import on_leaving
        from karama.care import (
            apartheader,
            copy,
            doubting,
            familycopy,
            familyheader,
            field,
            glancing,
            grantheader,
            header,
            intakecopy,
            intakeheader,
            lacking,
            lookheader,
            medicalheader,
            openwork,
            ownheader,
            paperheader,
            supervisionheader,
            waiting,
        )
        from karama.care.actions import erasing, handing_over, inheriting
        from karama.care.deaths import deaths_said, died_among
        from karama.care.queries import company, leaving, paying
        from karama.journal import registries
        from karama.people.registries import on_workers, open_work, readable_copy, untold
        from karama.programme import registries as programme
        from karama.safety.registries import answered_on, asked_first, deaths, died, doubt

        registries.on_merge.register("care", erasing.stay_with_their_file)
        registries.on_separate.register("care", erasing.part)
        registries.on_erase.register("care", erasing.empty_rows)
        on_leaving.register("care", handing_over.keep_led)
        on_workers.register("care", inheriting.pass_on)
        open_work.register("care", openwork.open_work)
        readable_copy.register("care", copy.readable_copy)
        untold.register("care", familycopy.untold)
        untold.register("care_intake", intakecopy.untold)
        programme.in_care_at.register("care", leaving.in_care_at)
        programme.missing_for.register("care", lacking.missing_for)
        programme.missing_in.register("care", lacking.missing_in)
        programme.planned_ends.register("care", leaving.planned_ends)
        programme.without_goodbye.register("care", leaving.without_goodbye)
        programme.paid_for.register("care", paying.paid_for)
        programme.closing_page.register("care", grantheader.closing_page)
        asked_first.register("care", company.asked_first)
        died.register("care", died_among)
        deaths.register("care", deaths_said)
        doubt.register("care", doubting.where_to_doubt)
        answered_on.register("care", doubting.answered_on)
        waiting.register()
        header.install()
        lookheader.install()
        medicalheader.install()
        glancing.install()
        ownheader.install()
        paperheader.install()
        supervisionheader.install()
        field.install()
        apartheader.install()
        grantheader.install()
        familyheader.install()
        intakeheader.install()

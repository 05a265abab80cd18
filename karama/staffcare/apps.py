"""Django's hook for this room."""

from __future__ import annotations

from django.apps import AppConfig


class StaffcareConfig(AppConfig):
    """Registers its entry in the header, its jobs, and its answers to erasing, leaving and heavy events."""

    name = "karama.staffcare"
    label = "staffcare"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from karama.accounts import registries as accounts
        from karama.journal import registries
        from karama.programme.registries import missing_in
        from karama.staffcare import files, header, jobs, lacking
        from karama.sync.declared import Declaration, declare

        registries.on_erase.register("staffcare", files.empty_rows)
        registries.knows_keys.register("staffcare", files.needed)
        accounts.on_leaving.register("staffcare", files.somebody_left)
        accounts.on_exposure.register("staffcare", files.met_something_heavy)
        accounts.on_mistake.register("staffcare", files.was_a_mistake)
        missing_in.register("staffcare", lacking.missing_in)
        header.install()
        jobs.install()
        declare("staffcare", Declaration(whole_room="What a colleague asks for herself stands on no telephone."))

"""What the database itself knows of roles and kinds of organisation (docs/decisions/0008-who-has-users.md).

Everything that may be seen hangs on the role and on the organisation, so a row that mixes them up must not exist.
"""

import pgtrigger

from ..roles import ROLES_OF, OrganisationKind, Role

ALLOWED = ", ".join(f"('{kind}', '{role}')" for kind, roles in ROLES_OF.items() for role in sorted(roles))


def of_kind(field: str, *kinds: OrganisationKind) -> pgtrigger.Trigger:
    """The organisation under `field`, if any, is of one of `kinds`."""
    names = ", ".join(f"'{kind}'" for kind in kinds)
    return pgtrigger.Trigger(
        name=f"{field}_of_its_kind",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(f"{field}_id"),
        func=f"""
            IF NEW.{field}_id IS NOT NULL AND NOT EXISTS
               (SELECT FROM accounts_organisation WHERE id = NEW.{field}_id AND kind IN ({names})) THEN
                RAISE EXCEPTION 'an organisation of another kind' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


role_fits_the_kind = pgtrigger.Trigger(
    name="role_fits_the_kind",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("role", "organisation_id"),
    func=f"""
        IF NEW.role <> '{Role.SYSTEM}' AND NOT EXISTS
           (SELECT FROM accounts_organisation
             WHERE id = NEW.organisation_id AND (kind, NEW.role) IN ({ALLOWED})) THEN
            RAISE EXCEPTION 'no such role in this kind of organisation' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)

kind_is_kept = pgtrigger.Protect(
    name="kind_is_kept",
    operation=pgtrigger.UpdateOf("kind"),
    condition=pgtrigger.Q(old__kind__df=pgtrigger.F("new__kind")),
)

# Part of outlook_calendar. LGPL-3, see LICENSE.
"""Who is meant by an address, and which address means somebody."""

from odoo import api, models

from .context import with_only


class OutlookPeople(models.AbstractModel):
    """Resolves addresses to partners and users, and back.

    A person has several addresses: the mailbox he connected, his login, the address
    of his contact. All of them mean the same guest, so nobody appears twice.
    """

    _name = "outlook.people"
    _description = "Outlook: People"

    @api.model
    def _users(self, addresses, account):
        """Return who is meant: ``{address: user}``, without the ambiguous ones.

        Only internal, active users of companies that the account's user may see are
        considered; an address that fits two of them fits nobody.

        :param addresses: lower-case addresses
        """
        companies = account.user_id.sudo().company_ids
        users = (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("share", "=", False),
                    ("company_ids", "in", companies.ids),
                    "|",
                    "|",
                    ("login", "in", list(addresses)),
                    ("partner_id.email_normalized", "in", list(addresses)),
                    ("id", "in", self._mailbox_owners(addresses).ids),
                ]
            )
        )
        found = {}
        for user in users:
            for address in self._addresses_of_user(user) & set(addresses):
                found[address] = found.get(address, users.browse()) | user
        return {a: user.sudo(False) for a, user in found.items() if len(user) == 1}

    @api.model
    def _mailbox_owners(self, addresses):
        accounts = self.env["outlook.account"].sudo()
        owners = accounts.search([("email", "in", list(addresses))])
        known = accounts.search([("aliases", "!=", False)])
        owners |= known.filtered(lambda one: one._addresses() & set(addresses))
        return owners.user_id

    @api.model
    def _addresses_of_user(self, user):
        """Return all addresses of a user, lower-case."""
        account = self.env["outlook.account"].sudo().search([("user_id", "=", user.id)])
        known = (user.login, user.partner_id.email_normalized)
        own = {address.lower() for address in known if address and "@" in address}
        return own | account._addresses() if account else own

    @api.model
    def _partners(self, guests, account, is_asked=False):
        """Return the contacts of guests: ``{address: partner}``.

        Unknown ones are created when the account's rule and his rights allow it;
        the others stay in Outlook alone and are missing here.

        :param guests: objects with ``address`` and ``name``
        :param is_asked: the user himself wants contacts of them, whatever the rule
        """
        names = {guest.address: guest.name for guest in guests if guest.address}
        users = self._users(names, account)
        partners = {address: user.partner_id for address, user in users.items()}
        model = self._as_owner("res.partner", account)
        missing = [address for address in names if address not in partners]
        if missing:
            known = model.search([("email_normalized", "in", missing)], order="id desc")
            partners |= {partner.email_normalized: partner for partner in known}
        strangers = [address for address in names if address not in partners]
        if strangers and self._may_create(account, model, is_asked):
            self.env["outlook.arrival"]._claim_addresses(strangers)
            vals = [{"name": names[a] or a, "email": a} for a in strangers]
            partners |= dict(zip(strangers, model.create(vals), strict=True))
        return partners

    @api.model
    def _may_create(self, account, model, is_asked=False):
        is_wanted = is_asked or account.contact_rule == "create"
        return is_wanted and model.has_access("create")

    @api.model
    def _addresses(self, partners, known=frozenset()):
        """Return the address of each partner in Outlook: ``{partner id: address}``.

        A connected colleague is known there by his mailbox; others by the address of
        their contact, lower-case, ``""`` when there is none.

        :param known: addresses that the meeting has in Outlook: who was invited by
            one of them before he connected is not invited anew by another
        """
        partners = partners.sudo()
        result = {partner.id: partner.email_normalized or "" for partner in partners}
        accounts = (
            self.env["outlook.account"]
            .sudo()
            .search(
                [("user_id.partner_id", "in", partners.ids), ("email", "!=", False)]
            )
        )
        for account in accounts:
            partner, mailbox = account.user_id.partner_id, account.email.lower()
            invited = sorted(account._addresses() & known)
            if mailbox in known or not invited:
                result[partner.id] = mailbox
            elif result[partner.id] not in known:
                result[partner.id] = invited[0]
        return result

    @api.model
    def _as_owner(self, model, account):
        """Return ``model`` with the rights, companies and language of the owner."""
        user = account.user_id
        context = {  # and nothing of whoever asks: his defaults, his document
            "allowed_company_ids": user.sudo().company_ids.ids,
            "lang": user.lang,
            "tz": user.tz,
        }
        records = with_only(self.env[model].with_user(user), context)
        return records.with_company(user.company_id)

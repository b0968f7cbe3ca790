"""What the law asks of who sells (DSA art. 30), checked field by field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dorpen.register.domain.checks import is_kvk_number, is_vat_number, normalise_postcode
from dorpen.register.models.enterprises import LegalForm
from dorpen.register.queries import find_village_by_postcode
from winkelstraat.shop.domain.joining import read_iban


class JoiningForm(forms.Form):
    """Who sells, where he is, and by what number he is known."""

    kvk_number = forms.CharField(
        label=_("KvK number"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Eight digits, as on your extract."),
    )
    trade_name = forms.CharField(label=_("Name of your shop"), max_length=120)
    legal_name = forms.CharField(
        label=_("Name in the trade register"),
        max_length=120,
        help_text=_("Buyers read it with everything that you sell."),
    )
    legal_form = forms.ChoiceField(label=_("Legal form"), choices=LegalForm.choices)
    street_address = forms.CharField(
        label=_("Street and house number"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=8,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail for buyers"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    vat_number = forms.CharField(
        label=_("VAT number (btw-id)"),
        max_length=20,
        required=False,
        help_text=_("Like NL123456789B01. Empty if you have none."),
    )
    kor = forms.BooleanField(
        label=_("I use the small business scheme (KOR) and charge no VAT"), required=False
    )
    iban = forms.CharField(
        label=_("Bank account (IBAN)"),
        max_length=42,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("We keep the last four signs; the payment provider asks for it again."),
    )
    iban_holder = forms.CharField(label=_("In whose name is the account?"), max_length=120)
    lawful = forms.BooleanField(
        label=_("I offer only goods and services that follow the law of the European Union")
    )

    def clean_kvk_number(self) -> str:
        """Return eight digits; spaces and dots are taken out."""
        number = "".join(sign for sign in self.cleaned_data["kvk_number"] if sign not in " .-")
        if not is_kvk_number(number):
            raise forms.ValidationError(_("A KvK number has eight digits, like 12345678."))
        return number

    def clean_postcode(self) -> str:
        """Return a postcode of Drenthe."""
        text = str(self.cleaned_data["postcode"])
        postcode = normalise_postcode(text)
        if postcode is None or len(postcode) < len("1234 AB"):
            raise forms.ValidationError(_("Write the postcode like 9331 AB."))
        if find_village_by_postcode(text) is None:
            raise forms.ValidationError(
                _("This postcode is not in Drenthe. The street is for shops in Drenthe.")
            )
        return postcode

    def clean_vat_number(self) -> str:
        """Return a Dutch VAT number, or nothing."""
        number = "".join(self.cleaned_data["vat_number"].split()).upper().replace(".", "")
        if number and not is_vat_number(number):
            text = _("A VAT number is NL, nine digits, a B and two digits: NL123456789B01.")
            raise forms.ValidationError(text)
        return number

    def clean_iban(self) -> str:
        """Return an account number whose check digits are right."""
        number = read_iban(str(self.cleaned_data["iban"]))
        if number is None:
            raise forms.ValidationError(
                _("This account number is not right. Look at each sign once more.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        """Ask a VAT number of who charges VAT."""
        cleaned = super().clean() or {}
        lacks = not cleaned.get("vat_number") and not cleaned.get("kor")
        if lacks and "vat_number" not in self.errors:
            text = _("Fill in your VAT number, or tick that you use the KOR.")
            self.add_error("vat_number", text)
        return cleaned

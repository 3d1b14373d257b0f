"""Our metadata: what a directory's keeper reads in, to know us and our keys."""

from copy import deepcopy

from cryptography import x509
from lxml import etree
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.metadata import OneLogin_Saml2_Metadata

from handtag.login.gateways.saml.directory import Directory, we


def metadata(directory: Directory) -> bytes:
    """Our addresses, and the certificates we sign by and are encrypted for: the one in use, and the next.

    It holds until the last of them runs out, and asks to be read once a day.
    """
    words = OneLogin_Saml2_Metadata.builder(
        we(directory),
        authnsign=directory.signing is not None,
        wsign=True,
        valid_until=max(
            x509.load_pem_x509_certificate(one.encode()).not_valid_after_utc for one in directory.shown
        ),
        cache_duration="P1D",
    )
    for certificate in reversed(directory.shown):  # each is put first
        words = OneLogin_Saml2_Metadata.add_x509_key_descriptors(words, certificate, add_encryption=True)
    root = etree.fromstring(words)
    for way_out in root.iterfind(".//md:SingleLogoutService", Names.NSMAP):
        posted = deepcopy(way_out)
        posted.set("Binding", Names.BINDING_HTTP_POST)
        way_out.addnext(posted)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))

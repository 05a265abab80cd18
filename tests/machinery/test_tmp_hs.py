import pytest
from karama.journal.models import Counter
@pytest.mark.django_db
def test_a():
    from karama.security import vault, identifiers
    p=identifiers.uuid7(); vault.create_keys([p])
    c=vault.seal(p,"clinical",kind=60,row=p,field="x",value=b"hi")
    assert vault.open_sealed(p,"clinical",kind=60,row=p,field="x",ciphertext=c)==b"hi"
    from django.db import connections
    print(connections["default"].settings_dict["NAME"], list(Counter.objects.all()))
@pytest.mark.django_db(transaction=True)
def test_b():
    from karama.security import vault, identifiers
    p=identifiers.uuid7(); vault.create_keys([p])
def test_c(db):
    from django.db import connections
    with connections["default"].cursor() as c:
        if c.db.vendor=="sqlite":
            c.execute("pragma journal_mode"); print(c.fetchone())
    print(list(Counter.objects.all()))
def test_d(db_keysless=None): pass

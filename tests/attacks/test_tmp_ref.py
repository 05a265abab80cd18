from tests.attacks.test_matrix import _attack
from tests.attacks.routes import routes
from tests.attacks.ground import stand_ins

def test_all(ground, caplog):
    _attack(ground, [(who, r) for who in (*stand_ins(), "visitor", "unposted") for r in routes() if r.name.startswith("referrals:")], caplog)

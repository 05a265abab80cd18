from tests.attacks.ground import *
def test_probe(ground):
    import time
    t=time.time()
    for who in list(ground.users)[:10]:
        with undone():
            r=ground.browser(who).get(f"/people/{ground.ids['person']}/")
            print(who, r.status_code, len(r.content))
    print(time.time()-t)

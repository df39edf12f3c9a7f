from tests.desks import desk as desk

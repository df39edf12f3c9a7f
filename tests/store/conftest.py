from tests.desks import shelf as shelf
from tests.desks import store as store

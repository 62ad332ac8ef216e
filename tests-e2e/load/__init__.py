"""Load: users who behave as users do, profiles, the target run, and reports compared with the last one."""

"""A plain Python loop that decides actions: patterns by fnmatch, then conditions, the first rule that matches. It is written for
bench/policy.mjs, to know the order of magnitude of Python, and is not the reference: that makes objects and looks at more.

    python3 policyPeer.py POLICY.json ACTIONS.jsonl     prints the seconds, and how many actions got which approval
"""
import datetime
import fnmatch
import json
import re
import sys
import time


def minute(text):
    hour, minutes = text.split(":")
    return datetime.time(int(hour), int(minutes))


def holds(conditions, action):
    now = action["at"].time()
    for key, value in conditions.items():
        if key == "time_after":
            if now < minute(value):
                return False
        elif key == "time_before":
            if now >= minute(value):
                return False
        else:
            for name, expected in value.items():
                actual = action["params"].get(name)
                if actual is None:
                    return False
                if key == "param_gt" and not actual > expected:
                    return False
                if key == "param_matches" and not re.search(expected, str(actual)):
                    return False
    return True


def decide(policy, action):
    for rule in policy["rules"]:
        match = rule["match"]
        if (
            fnmatch.fnmatchcase(action["type"], match.get("type", "*"))
            and fnmatch.fnmatchcase(action["target"], match.get("target", "*"))
            and fnmatch.fnmatchcase(action["agent"], match.get("agent", "*"))
            and holds(rule["conditions"], action)
        ):
            return rule["approval"]
    return policy["defaults"]


with open(sys.argv[1], encoding="utf-8") as file:
    policy = json.load(file)
with open(sys.argv[2], encoding="utf-8") as file:
    actions = [json.loads(line) for line in file]
for action in actions:
    action["at"] = datetime.datetime.fromisoformat(action["at"])

decided = {"auto": 0, "approve": 0, "block": 0}
started = time.perf_counter()
for action in actions:
    decided[decide(policy, action)] += 1
print(json.dumps({"seconds": time.perf_counter() - started, "decided": decided}))

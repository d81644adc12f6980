/** A policy to start from. Nothing in it is found fault with. */
export const STARTER_POLICY = `# What AI agents may do here: without approval, with approval, or not at all.
#
# The rules are gone through from the top, and the first that matches an action
# decides. What none of them matches gets the defaults.
#
#   approval    auto: it is carried out   approve: a person is asked   block: never
#   risk_level  low, medium, high or critical, as the audit trail has it
#   type, target, agent
#               patterns for the whole text: * is any characters, ? one of them,
#               [Rr] one of these. Upper and lower case are told apart.
#
# Try it:    aegis simulate policy.yaml read_file:README.md
# Check it:  aegis validate policy.yaml

version: "1"

defaults:
  risk_level: medium
  approval: approve

rules:
  # Secrets are nobody's business, whatever is done with them.
  - name: block_secrets
    match:
      target: "*.env*"
    risk_level: critical
    approval: block

  # Reading and looking around change nothing.
  - name: allow_reading
    match:
      type: "[Rr]ead*"
    risk_level: low
    approval: auto

  - name: allow_listing
    match:
      type: "[Ll]ist*"
    risk_level: low
    approval: auto

  - name: allow_searching
    match:
      type: "[Ss]earch*"
    risk_level: low
    approval: auto

  # What is deleted is gone.
  - name: block_deleting
    match:
      type: "[Dd]elete*"
    risk_level: critical
    approval: block

  # Many things at once need a second look. Without "count" among an action's
  # parameters the condition does not hold, and the next rule is asked.
  - name: block_large_updates
    match:
      type: "[Uu]pdate*"
    conditions:
      param_gt:
        count: 100
    risk_level: high
    approval: block

  - name: approve_updates
    match:
      type: "[Uu]pdate*"
    risk_level: medium
    approval: approve

  # Nobody is there to help on weekends. Times and days are UTC.
  - name: no_deployments_on_weekends
    match:
      type: "[Dd]eploy*"
    conditions:
      weekdays: [6, 7]
    risk_level: high
    approval: block
`;

/** What stands in the place of a rule's name where nobody wrote a policy: `<default>` is a decision of a policy. */
export const NO_POLICY = '<no policy>';

/** What is recorded in the place of a rule's name where nobody wrote a policy: `<default>` is a decision of a policy. */
export const NO_POLICY = '<no policy>';

/** The same where a policy is there and could not decide. */
export const NOT_JUDGED = '<not judged>';

/** Keys under which people write what is for people: nothing is lost where the loader ignores them. In lower case. */
export const REMARK_WORDS: readonly string[] =
  'annotations author comment comments contact created date description docs documentation id justification labels last_updated link links maintainer metadata note notes owner reason rationale reference references reviewed see severity_note summary tags team ticket title todo updated url'.split(
    ' ',
  );

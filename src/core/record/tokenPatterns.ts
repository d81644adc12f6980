/** A kind of secret that is known by how it looks. */
export interface SecretPattern {
  /** For people: `GitHub token`. */
  readonly name: string;
  /**
   * With the flag `g`. What it finds is replaced, but for what its groups `before` and `after` have.
   *
   * A text may be hostile and large, so no pattern may take more time than grows with it: whatever is repeated without a limit begins where
   * nothing of it can stand before, and nothing must come behind it.
   */
  readonly pattern: RegExp;
  /** Each text that it finds has one of these in it. Looking for them takes less time. */
  readonly hints: readonly string[];
}

/** From the issuers' documentation. Where the length is not promised, the shortest that is known, or a little less. */
export const TOKEN_PATTERNS: readonly SecretPattern[] = [
  {
    name: 'private key',
    // One that is cut off goes on to the end.
    pattern:
      /-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:[^]*?-----END [A-Z0-9 ]{1,60}-----|[^]*)/g,
    hints: ['PRIVATE KEY'],
  },
  word('GitHub token', 'gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{20,}', 'ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'), // prettier-ignore
  word('GitLab token', 'gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat)-[\\w-]{20,}', 'gl'),
  word('AWS access key id', '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])', 'AKIA', 'ASIA', 'ABIA', 'ACCA'),
  word('Slack token', 'xox[a-z](?:\\.xox[a-z])?-[A-Za-z0-9-]{10,}|xapp-\\d-[A-Za-z0-9-]{10,}', 'xox', 'xapp-'),
  behind('Slack webhook', 'hooks\\.slack\\.com/(?:services|workflows|triggers)/', '[\\w/-]{20,}', 'hooks.slack.com/'),
  behind('Discord webhook', 'discord(?:app)?\\.com/api/webhooks/\\d{5,25}/', '[\\w-]{30,}', '/api/webhooks/'),
  word(
    'Stripe key',
    '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/]{20,}',
    'k_live_',
    'k_test_',
    'whsec_',
  ),
  word('Anthropic key', 'sk-ant-[\\w-]{10,}', 'sk-ant-'),
  word('OpenRouter key', 'sk-or-v\\d-[A-Za-z0-9]{20,}', 'sk-or-'),
  word('OpenAI key', 'sk-(?:(?:proj|svcacct|admin|None)-[\\w-]{20,}|[A-Za-z0-9]{20,})', 'sk-'),
  word('Google key', 'AIza[\\w-]{35}|GOCSPX-[\\w-]{20,}', 'AIza', 'GOCSPX-'),
  word('Google token', 'ya29\\.[\\w-]{20,}', 'ya29.'),
  word('npm token', 'npm_[A-Za-z0-9]{30,}', 'npm_'),
  word('PyPI token', 'pypi-(?:AgE[\\w-]{16,}|[A-Za-z0-9_]{32,})', 'pypi-'),
  word('Hugging Face token', 'hf_[A-Za-z0-9]{30,}', 'hf_'),
  word('Groq key', 'gsk_[A-Za-z0-9]{40,}', 'gsk_'),
  word('xAI key', 'xai-[A-Za-z0-9]{60,}', 'xai-'),
  word('Replicate token', 'r8_[A-Za-z0-9]{35,}', 'r8_'),
  word('Perplexity key', 'pplx-[A-Za-z0-9]{40,}', 'pplx-'),
  word('SendGrid key', 'SG\\.[\\w-]{22}\\.[\\w-]{43}', 'SG.'),
  word('Telegram token', '\\d{8,10}:AA[\\w-]{33}', ':AA'),
  word('DigitalOcean token', 'do[opr]_v1_[0-9a-f]{64}', '_v1_'),
  word('Databricks token', 'dapi[0-9a-f]{32}', 'dapi'),
  word('Shopify token', 'shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}', 'shp'),
  word('Docker token', 'dckr_(?:pat|oat)_[\\w-]{20,}', 'dckr_'),
  word('Vault token', 'hv[sb]\\.[\\w-]{24,}', 'hvs.', 'hvb.'),
  word('Atlassian token', 'AT[AC]TT3[\\w=-]{40,}', 'ATATT3', 'ATCTT3'),
  word('Notion token', 'ntn_[A-Za-z0-9]{40,}', 'ntn_'),
  word('Linear key', 'lin_(?:api|oauth)_[A-Za-z0-9]{32,}', 'lin_'),
  word('Supabase key', 'sb[ps]_(?:secret_)?[A-Za-z0-9_-]{30,}', 'sbp_', 'sbs_'),
  word('age key', 'AGE-SECRET-KEY-1[0-9A-Z]{58}', 'AGE-SECRET-KEY-'),
  {
    name: 'JWT',
    // The last alternative is one that was cut off.
    pattern: /(?<![\w-])eyJ[\w-]{10,}(?:(?:\.[\w-]*){2,4}|\.eyJ[\w-]{4,})/g,
    hints: ['eyJ'],
  },
  // With `/` in it, a password is none in a URL. One `@` in it is, by some.
  {
    name: 'password',
    pattern: /(?<before>:\/\/[^\s/?#:"'<>]*:)(?!\$|\*+@|%s)[^\s/?#"'<>]+(?<after>@)/g,
    hints: ['://'],
  },
  {
    name: 'credential',
    pattern: /(?<before>https?:\/\/)(?=[^\s/?#@:]*\d)[\w.~%-]{20,}(?<after>@)/g,
    hints: ['://'],
  },
  {
    name: 'password',
    // docker login -p x, mysql -px
    pattern: /(?<before>\b(?:login\b[^\n|;]{0,200}?\s-p[ =]|mysql\w{0,20}\b[^\n|;]{0,200}?\s-p))(?!\$)[^\s'"]+/g,
    hints: ['login ', 'mysql'],
  },
  {
    name: 'password',
    // .netrc, and SQL.
    pattern:
      /(?<before>\blogin\s{1,8}\S{1,128}\s{1,8}password\s{1,8}|\b(?:password|identified by)\s{1,8}')(?!\$)[^\s']+/gi,
    hints: ['login', "assword '", "ASSWORD '", " by '", " BY '"],
  },
  {
    name: 'secret',
    pattern: /(?<before>\bconfig(?:ure)? set \S{0,100}(?:secret|token|password|key)\S{0,40}\s{1,4})(?!\$)[^\s'"]+/gi,
    hints: ['config set ', 'configure set '],
  },
  {
    name: 'password',
    pattern: /(?<before>(?<![^\s'"])(?:-u|--user)[ =]['"]?[^\s:'"]{1,128}:)(?!\d+(?![^\s'"])|\$)[^\s'"]+/g,
    hints: ['curl ', 'wget ', 'http '],
  },
  {
    name: 'password',
    pattern: /(?<before>(?:;\s{0,4}pwd\s{0,4}=|\bsshpass -p) {0,4})(?!\$)[^;\s"']+/gi,
    hints: ['pwd', 'Pwd', 'PWD', 'sshpass'],
  },
  behind(
    'signature',
    '[?&](?:X-Amz-Signature|X-Goog-Signature|[Ss]ignature|sig)=',
    '[^&\\s"\'#]{10,}',
    'ignature=',
    'sig=',
  ),
  {
    name: 'bearer token',
    pattern: /(?<before>\bbearer\s{1,4})(?=[^\s"']*[\d=])[\w.~+/-]{12,}=*/gi,
    hints: ['earer', 'EARER'],
  },
  {
    name: 'cookie',
    pattern: /(?<before>(?<![^\s'"])(?:set-)?cookie:\s{0,4})[^\s'"=;]{1,128}=[^\r\n'"]+/gi,
    hints: ['ookie:', 'OOKIE:'],
  },
];

/** What stands for itself, not within a longer word. */
function word(name: string, source: string, ...hints: readonly string[]): SecretPattern {
  return { name, pattern: new RegExp(`(?<![A-Za-z0-9])(?:${source})`, 'g'), hints };
}

function behind(name: string, before: string, source: string, ...hints: readonly string[]): SecretPattern {
  return { name, pattern: new RegExp(`(?<before>${before})${source}`, 'g'), hints };
}

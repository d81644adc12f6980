import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { JsonValue } from '../../../src/core/chain/entry';
import { redaction } from '../../../src/core/record/redaction';

const { text, value } = redaction();

/** Put together here, so that nobody who looks for secrets in this file finds one. */
function token(prefix: string, length: number, alphabet = 'aB3dE5gH7'): string {
  return prefix + alphabet.repeat(Math.ceil(length / alphabet.length)).slice(0, length);
}

const JWT = `${token('eyJ', 20)}.${token('eyJ', 30)}.${token('', 43)}`;
const KEY = ['-----BEGIN RSA ', 'PRIVATE KEY-----'].join('');
const KEY_END = ['-----END RSA ', 'PRIVATE KEY-----'].join('');

const TOKENS: [string, string][] = [
  ['GitHub token', token('ghp_', 36)],
  ['GitHub token', token('gho_', 36)],
  ['GitHub token', token('ghu_', 36)],
  ['GitHub token', token('ghs_', 36)],
  ['GitHub token', token('ghr_', 36)],
  ['GitHub token', token('github_pat_', 82, 'a1_B')],
  ['GitLab token', token('glpat-', 20)],
  ['AWS access key id', token('AKIA', 16, 'IOSF7')],
  ['AWS access key id', token('ASIA', 16, 'IOSF7')],
  ['Slack token', token('xoxb-', 40, '1234567890-')],
  ['Stripe key', token('sk_live_', 24)],
  ['Stripe key', token('rk_live_', 24)],
  ['OpenAI key', token('sk-', 48)],
  ['OpenAI key', token('sk-proj-', 100, 'a1-B_')],
  ['Anthropic key', token('sk-ant-', 90, 'api03-')],
  ['Google key', token('AIza', 35, 'Sy_-a')],
  ['npm token', token('npm_', 36)],
  ['PyPI token', token('pypi-', 60, 'AgEIc')],
  ['Hugging Face token', token('hf_', 34)],
  ['JWT', JWT],
  ['SendGrid key', `${token('SG.', 22)}.${token('', 43)}`],
  ['Telegram token', token('123456789:AA', 33)],
  ['private key', `${KEY}\nMIIB\n${KEY_END}`],
  ['private key', `${KEY}\nMIIBOgIBAAJBAK cut off here`],
];

describe('Redaction of tokens', () => {
  for (const [name, secret] of TOKENS)
    it(`finds a ${name}: ${secret.slice(0, 6)}…`, () => {
      assert.equal(text(secret), `[REDACTED: ${name}]`);
      if (!secret.endsWith('here')) assert.equal(text(`use "${secret}", then`), `use "[REDACTED: ${name}]", then`);
      assert.deepEqual(value({ a: [{ b: secret }] }), { a: [{ b: `[REDACTED: ${name}]` }] });
      assert.deepEqual(value({ [secret]: 1 }), { [`[REDACTED: ${name}]`]: 1 });
      assert.ok(!text(`--x=${secret}`).includes(secret.slice(-10)));
    });

  it('keeps what stands round it', () => {
    assert.equal(text(`a ${TOKENS[0][1]} b ${JWT} c`), 'a [REDACTED: GitHub token] b [REDACTED: JWT] c');
    assert.equal(text(`x\n${KEY}\nMIIB\n${KEY_END}\ny`), 'x\n[REDACTED: private key]\ny');
  });

  it('keeps both of two keys that were tokens', () => {
    const redacted = value({ [TOKENS[0][1]]: 1, [TOKENS[1][1]]: 2 });
    assert.deepEqual(redacted, { '[REDACTED: GitHub token]': 1, '[REDACTED: GitHub token] (2)': 2 });
  });
});

describe('Redaction of what a text says is a secret', () => {
  const cases: [string, string][] = [
    ['mysql --user root --password hunter2 db', 'mysql --user root --password [REDACTED: password] db'],
    ['deploy --api-key=abc --dry-run', 'deploy --api-key=[REDACTED: API key] --dry-run'],
    ['PGPASSWORD=swordfish psql', 'PGPASSWORD=[REDACTED: password] psql'],
    ['export AWS_SECRET_ACCESS_KEY="ab cd"', 'export AWS_SECRET_ACCESS_KEY="[REDACTED: secret]"'],
    ['login -token: x1y2z3', 'login -token: [REDACTED: token]'],
    ['password: hunter2', 'password: [REDACTED: password]'],
    ['db:\n  password: swordfish\n  port: 1', 'db:\n  password: [REDACTED: password]\n  port: 1'],
    ['{"password": "a\\"b", "n": 1}', '{"password": "[REDACTED: password]", "n": 1}'],
    ["{'api_key': 'abc'}", "{'api_key': '[REDACTED: API key]'}"],
    ['echo "{\\"token\\": \\"abc\\"}"', 'echo "{\\"token\\": \\"[REDACTED: token]\\"}"'],
    ['config["secret"] = "x"', 'config["secret"] = "[REDACTED: secret]"'],
    ['<password>hunter2</password>', '<password>[REDACTED: password]</password>'],
    ['https://x.example/?access_token=abc&page=2', 'https://x.example/?access_token=[REDACTED: token]&page=2'],
    ['postgres://app:hunter2@db.example/main', 'postgres://app:[REDACTED: password]@db.example/main'],
    ['redis://:p@ss@host:1', 'redis://:[REDACTED: password]@host:1'],
    ['Server=x;Uid=sa;Pwd=abc;Port=1', 'Server=x;Uid=sa;Pwd=[REDACTED: password];Port=1'],
    ['curl -u me:hunter2 https://x.example', 'curl -u me:[REDACTED: password] https://x.example'],
    ["curl -H 'Authorization: Bearer abc' x", "curl -H 'Authorization: Bearer [REDACTED: authorization]' x"],
    ['Authorization: Basic dXNlcjpwYXNz', 'Authorization: Basic [REDACTED: authorization]'],
    ['"authorization": "token abc def"', '"authorization": "token [REDACTED: authorization] def"'],
    ['bearer abcdef123456', 'bearer [REDACTED: bearer token]'],
    ['Cookie: sid=abc; other=1', 'Cookie: [REDACTED: cookie]'],
    ['https://b.example/o?X-Amz-Signature=0123456789ab&x=1', 'https://b.example/o?X-Amz-Signature=[REDACTED: signature]&x=1'],
    ['secret = abc123', 'secret = [REDACTED: secret]'],
    ["curl -H 'x-api-key: abcdefgh' x", "curl -H 'x-api-key: [REDACTED: API key]' x"],
    ['{\\"password\\":\\"a\\\\\\"b\\"}', '{\\"password\\":\\"[REDACTED: password]\\"}'],
    ['the password is: hunter2', 'the password is: [REDACTED: password]'],
    ['docker login -u me -p hunter2 r.example', 'docker login -u me -p [REDACTED: password] r.example'],
    ['mysqldump -u me -phunter2 db', 'mysqldump -u me -p[REDACTED: password] db'],
    ['machine a.example login me password hunter2', 'machine a.example login me password [REDACTED: password]'],
    ["ALTER USER a IDENTIFIED BY 'b'", "ALTER USER a IDENTIFIED BY '[REDACTED: password]'"],
    ['aws configure set aws_secret_access_key abc', 'aws configure set aws_secret_access_key [REDACTED: secret]'],
    ['DB_PASS=hunter2 SMTP_PWD="x" ./run', 'DB_PASS=[REDACTED: password] SMTP_PWD="[REDACTED: password]" ./run'],
    ['db_pass: swordfish', 'db_pass: [REDACTED: password]'],
    ['https://0123456789abcdef0123456789abcdef@git.example/a', 'https://[REDACTED: credential]@git.example/a'],
    ['smtp://me@a.example:pw@mail.example', 'smtp://me@a.example:[REDACTED: password]@mail.example'],
    ['{password=abc, user=x}', '{password=[REDACTED: password], user=x}'],
    [`PASSWORD=a${TOKENS[0][1]}`, 'PASSWORD=[REDACTED: password]'],
    [`token: ${TOKENS[0][1]}`, 'token: [REDACTED: GitHub token]'],
  ]; // prettier-ignore
  for (const [given, made] of cases)
    it(given.replace(/\n/g, ' / ').slice(0, 60), () => {
      assert.equal(text(given), made);
    });
});

describe('What is no secret', () => {
  const harmless = [
    '3f786850e387550fdab836ed7e6dc881de23001b',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '123e4567-e89b-12d3-a456-426614174000',
    '/home/me/projects/token-service/src/password/reset.ts',
    'C:\\Users\\me\\secrets\\token.txt',
    'The token is used up, so the password must be reset.',
    'Reset password for user 42',
    'Ask for the secret: it is written on the door.',
    'password: must have 8 characters',
    'Unexpected token: string',
    'SyntaxError: Unexpected token: "}"',
    'max_tokens=100 and total_tokens: 5',
    'tokenizer: gpt2',
    'const token = getToken(user);',
    'const password = req.body.password;',
    'if (token == null || secret === undefined) return',
    'PASSWORD=$DB_PASSWORD ./run --token-file /run/secrets/t --password-stdin',
    'password=${{ secrets.PASSWORD }}',
    'curl https://example.com:8080/a@b',
    'ssh://git@github.com/a/b.git and docker run -u 1000:1000 x',
    'http://localhost:3000/?q=token',
    'token::new() and secret://vault/a',
    'sk-learn-based-pipeline-for-everybody-and-all',
    'task-0123456789012345678901234567890123456789',
    'npm_config_cache and npm_package_version',
    'the bearer of this letter, a bearer token authentication scheme',
    'Basic understanding of authorization',
    "fetch(url, { credentials: 'include' })",
    'headers: { Authorization: `Bearer ${token}` }',
    'interface A { password: string; token?: string }',
    'next token: ")"',
    'mysql -P 3306 -h localhost, and git login --path a',
    'https://user@host.example:8080/a@b',
    '2026-03-29T10:30:02.114000+00:00',
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4',
    '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
    'INIT_PWD=/srv/app OLD_PWD=C:\\app PWD=/srv ./run',
    'tests_pass: 100, first_pass = 3 of 4 compiler passes',
    'the high-pass filter: on',
    'SELECT secret_name FROM vault WHERE token_type = 3',
    'integrity sha512-abcDEF0123456789abcDEF0123456789abcDEF0123456789abcDEF0123456789abcDEF0123456789ab==',
  ];
  for (const given of harmless)
    it(given.slice(0, 60).replace(/\n/g, ' '), () => {
      assert.equal(text(given), given);
    });
});

describe('Redaction of values', () => {
  it('takes what stands under the reference’s names, in any case, at any depth, whatever it is', () => {
    const given = {
      Password: 'x',
      my_SECRET_thing: { a: 1 },
      max_tokens: 100,
      list: [{ apiKey: null, api_key: [1] }, [{ AUTHORIZATION: true }]],
      credentials: 'x',
      private_key: 'x',
      aws_access_key_id: 'x',
      'x-api-key': 'x',
      passphrase: 'x',
      Cookie: 'x',
      keyboard: 'x',
      path: 'x',
      pass: 'x',
      tests: { pass: 5 },
    };
    const hidden = '[REDACTED]';
    assert.deepEqual(value(given), {
      Password: hidden,
      my_SECRET_thing: hidden,
      max_tokens: hidden,
      list: [{ apiKey: hidden, api_key: hidden }, [{ AUTHORIZATION: hidden }]],
      credentials: hidden,
      private_key: hidden,
      aws_access_key_id: hidden,
      'x-api-key': hidden,
      passphrase: hidden,
      Cookie: hidden,
      keyboard: 'x',
      path: 'x',
      pass: hidden,
      tests: { pass: 5 },
    });
  });

  it('takes texts under short names of passwords, and not a folder, a number or a longer word', () => {
    const hidden = '[REDACTED]';
    const given = { pwd: 'x', DB_PASS: 'x', smtpPass: 'x', 'user-pwd': 'x', jwt: 'x', authJwt: 'x', auth: 'u:p', _auth: 'x', env: [{ name: 'DB_PASS', value: 'x' }] }; // prettier-ignore
    assert.deepEqual(value(given), { pwd: hidden, DB_PASS: hidden, smtpPass: hidden, 'user-pwd': hidden, jwt: hidden, authJwt: hidden, auth: hidden, _auth: hidden, env: [{ name: 'DB_PASS', value: hidden }] }); // prettier-ignore
    const kept = { pwd: '/srv/app', PWD: 'C:\\app', cwd: 'x', bypass: 'x', DB_BYPASS: 'x', compass: 'x', author: 'x', auth: { user: 'x' }, passes: 'x', pass_count: 'x', first_pass: 3 }; // prettier-ignore
    assert.deepEqual(value(kept), kept);
  });

  it('knows headers and variables in each of their forms', () => {
    const hidden = '[REDACTED]';
    assert.deepEqual(value([['Accept', 'a'], ['Authorization', 'x']]), [['Accept', 'a'], ['Authorization', hidden]]); // prettier-ignore
    assert.deepEqual(value(['Accept', 'a', 'Authorization', 'x']), ['Accept', 'a', 'Authorization', hidden]);
    assert.deepEqual(value([{ name: 'DB_PASSWORD', value: 'x' }, { name: 'a', value: 'x' }]), [{ name: 'DB_PASSWORD', value: hidden }, { name: 'a', value: 'x' }]); // prettier-ignore
    assert.deepEqual(value(['mysql', '--password', 'x', '--token-file', 'f']), ['mysql', '--password', hidden, '--token-file', 'f']); // prettier-ignore
    assert.deepEqual(value(['password', 'name']), ['password', 'name']);
  });

  it('leaves everything else as it is, frozen', () => {
    const given: JsonValue = { a: [1, 2n, NaN, null, true, ''], b: { __proto__: null, c: 'd' } };
    const made = value(given) as { a: unknown[] };
    assert.deepEqual(made, { a: [1, 2n, NaN, null, true, ''], b: { c: 'd' } });
    assert.ok(Object.isFrozen(made) && Object.isFrozen(made.a));
    assert.deepEqual(value(JSON.parse('{"__proto__": "a"}') as JsonValue), JSON.parse('{"__proto__": "a"}'));
  });

  it('does not redact again what was redacted', () => {
    const pieces = fc.constantFrom('password=', 'token: ', '"secret": "', '"', ' ', '\n', 'abc', 'x1y2z3q4', '://a:', '@', JWT, TOKENS[0][1], 'Authorization: Bearer ', '[REDACTED]', '[REDACTED: JWT]', '--password ', ',', '\\', '=', "'", KEY); // prettier-ignore
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const once = text(parts.join(''));
        assert.equal(text(once), once);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('Redaction of one’s own', () => {
  it('takes more keys and patterns, with and without the flag g', () => {
    const own = redaction({
      keys: ['SSN'],
      patterns: [{ name: 'ticket', pattern: /T-\d+/ }, { name: 'word', pattern: /\bx+\b/giy }], // prettier-ignore
    });
    assert.deepEqual(own.value({ my_ssn: 1, a: 'T-1 and T-22, XX' }), {
      my_ssn: '[REDACTED]',
      a: '[REDACTED: ticket] and [REDACTED: ticket], [REDACTED: word]',
    });
    assert.equal(own.text('T-1'), '[REDACTED: ticket]', 'nothing is left of the first time');
  });

  it('is not confused by a pattern that finds nothing, or the words of ours', () => {
    const own = redaction({ patterns: [{ name: 'a', pattern: /z*/ }, { name: 'b', pattern: /REDACTED|JWT/ }] }); // prettier-ignore
    assert.equal(own.text('abc'), 'abc');
    assert.equal(own.text('[REDACTED: JWT] JWT'), '[REDACTED: JWT] [REDACTED: b]');
  });

  it('says what is wrong with options that are none', () => {
    for (const options of [
      { keys: 'ssn' },
      { keys: [''] },
      { patterns: [/a/] },
      { patterns: [{ name: 'a', pattern: 'a' }] },
    ])
      // prettier-ignore
      assert.throws(() => redaction(options as never), /^TypeError: redaction\.(keys|patterns) must be a list of /);
  });
});

describe('Redaction of hostile texts', () => {
  const starts = [
    ...TOKENS.map(([, secret]) => secret.slice(0, 8)),
    ...['eyJa-', 'eyJaaaaaaaaaaa.', 'sk-', 'sk-sk-', '://', '://a:', '://a:b', 'password', 'password=', 'token:', 'token:)', 'token: "', 'token=a(', 'unexpected token: \'', 'unexpected token: \\"'],
    ...['secret=null', 'secret = ', '<token>', '--token ', 'authorization: digest $(', 'Authorization: Bearer ', 'bearer ', 'bearer a', 'cookie: a', ';pwd=', 'curl -u a:1', 'login ', 'login -', 'mysql', 'mysql -', 'login a password ', 'identified by \'', 'config set ', 'config set key', 'https://1', 'password is', '[REDACTED', 'password=[REDACTED', '-----BEGIN PRIVATE KEY-----', '-----END ', 'a', ' ', '\\', '"', "'", '\n', '\ud800', ')', 'token=]'],
  ]; // prettier-ignore
  for (const start of starts)
    it(`takes no time for a megabyte of ${JSON.stringify(start)}`, () => {
      const size = 1 << 20;
      text(start.repeat(size / start.length));
      text(start + 'a'.repeat(size));
      text(`${start.repeat(size / start.length / 2)}${')'.repeat(size / 2)}`);
    }).timeout(5000);
});

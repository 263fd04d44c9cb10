/** What clients send to the org's instance: REST, composite, SOQL, Bulk in XML, CSV and JSON, SOAP, registration. */
import fc, { type Arbitrary } from 'fast-check';
import { json, mutated, near, text, type Json } from '../hostile.ts';
import { httpTarget, type Sent } from '../mock/http-target.ts';
import type { Target } from '../target.ts';

const DATA = '/services/data/v67.0';
const WORDS = [
  'Account',
  'User',
  'Organization',
  'Name',
  'Id',
  'attributes',
  'constructor',
  '__proto__',
  'toString',
  '001000000000001AAA',
  'insert',
  'delete',
  'upsert',
  'query',
  'Closed',
  'POST',
  'GET',
  'PATCH',
  DATA,
  `${DATA}/query?q=`,
  '@{a.id}',
  'sobjects',
  'describe',
  'composite',
  'jobs/ingest',
  'UploadComplete',
  '{{AT}}',
  '{{SECRET}}',
];
const BEARER = [['Authorization', 'Bearer {{AT}}']] as const;
const typed = (type: string) => [...BEARER, ['Content-Type', type] as const];

const at = (
  path: Arbitrary<string> | string,
  body: Arbitrary<string>,
  headers: Arbitrary<Sent['headers']> | Sent['headers'],
  methods: readonly string[] = ['POST', 'POST', 'POST', 'GET', 'PUT', 'PATCH', 'DELETE', 'HEAD'],
): Arbitrary<Sent> =>
  fc.record({
    host: fc.constant('instance' as const),
    method: fc.constantFrom(...methods),
    path: typeof path === 'string' ? fc.constant(path) : path,
    headers: Array.isArray(headers) ? fc.constant(headers as Sent['headers']) : (headers as Arbitrary<Sent['headers']>),
    body,
  });

const asJson = (value: Arbitrary<Json>, right: Json): Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: value.map((one) => JSON.stringify(one)) },
    { weight: 1, arbitrary: mutated(JSON.stringify(right), WORDS, 4_000) },
  );

const COMPOSITE: Json = {
  compositeRequest: [
    { method: 'POST', url: `${DATA}/sobjects/Account`, referenceId: 'a', body: { Name: 'A' } },
    { method: 'GET', url: `${DATA}/sobjects/Account/@{a.id}`, referenceId: 'b' },
    { method: 'GET', url: `${DATA}/query?q=SELECT+Id+FROM+Account`, referenceId: 'c' },
  ],
};
const BATCH: Json = {
  batchRequests: [
    { method: 'GET', url: 'v67.0/limits' },
    { method: 'PATCH', url: 'v67.0/sobjects/Account/001', richInput: { Name: 'B' } },
  ],
};
const REGISTRATION: Json = {
  ...{ client_name: 'Fuzz', redirect_uris: ['http://127.0.0.1/cb', 'myapp://cb'], token_endpoint_auth_method: 'none' },
  ...{
    grant_types: ['authorization_code'],
    response_types: ['code'],
    scope: 'api',
    contacts: ['a@b.c'],
    jwks_uri: 'https://a.example/',
  },
};

const SOQL = [
  "SELECT Id, Name FROM Account WHERE Name = 'A' AND Id != null LIMIT 10 OFFSET 1",
  'SELECT COUNT() FROM User',
  'SELECT FIELDS(ALL) FROM Account ORDER BY Name LIMIT 2',
  'SELECT constructor FROM toString WHERE valueOf = true',
];
const soql = mutated(
  fc.constantFrom(...SOQL),
  [
    'SELECT ',
    ' FROM ',
    ' WHERE ',
    ' AND ',
    ' LIMIT 1',
    ' ORDER BY ',
    "'",
    "\\'",
    ' FROM a WHERE b = 1',
    ' WHERE c',
    'a ,',
    ...WORDS,
  ],
  12_000,
);
const queried = soql.map((query) => `${DATA}/query?q=${encodeURIComponent(query.toWellFormed())}`);

const segment = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...WORDS,
      'limits',
      'tooling',
      'search',
      'recent',
      'queryAll',
      'batches',
      'successfulResults',
    ),
  },
  { weight: 1, arbitrary: text(WORDS, 300) },
);
const anyPath = fc
  .tuple(
    fc.constantFrom(
      DATA,
      '/services/data/latest',
      '/services/data',
      '/services/async/67.0',
      '/services/apexrest',
      '/id/00D000000000001AAA',
    ),
    fc.array(segment, { maxLength: 5 }),
  )
  .map(([base, rest]) =>
    [base, ...rest.map((one) => (one.startsWith('/') ? one : encodeURIComponent(one.toWellFormed())))].join('/'),
  );
const accept = fc
  .oneof(
    fc.constantFrom('application/json', 'application/xml', 'text/xml', '*/*', '', 'application/json;q=0', 'a;b;c/d'),
    text(['q=', 'application/', ';', ','], 2_000),
  )
  .map((value): Sent['headers'] => [...BEARER, ['Accept', value], ['Sforce-Query-Options', `batchSize=${value}`]]);

const CSV = 'Id,Name,constructor\n"","A ""quoted"" one",x\n001000000000001AAA,B,\r\n';
const JOB =
  '<?xml version="1.0" encoding="UTF-8"?><jobInfo xmlns="http://www.force.com/2009/06/asyncapi/dataload"><operation>insert</operation><object>Account</object><contentType>CSV</contentType></jobInfo>';
const SOAP = (inner: string) =>
  `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:urn="urn:partner.soap.sforce.com"><soapenv:Header><urn:SessionHeader><urn:sessionId>{{AT}}</urn:sessionId></urn:SessionHeader></soapenv:Header><soapenv:Body>${inner}</soapenv:Body></soapenv:Envelope>`;
const SOAPS = [
  '<urn:login><urn:username>U1</urn:username><urn:password>password</urn:password></urn:login>',
  '<urn:getUserInfo/>',
  '<urn:getServerTimestamp/>',
  "<urn:query><urn:queryString>SELECT Id, Name FROM Account WHERE Name = 'A'</urn:queryString></urn:query>",
  '<urn:query><urn:queryString>SELECT Name, constructor, a b, x:y FROM User</urn:queryString></urn:query>',
  '<urn:logout/>',
].map(SOAP);

export const resource: readonly Target[] = [
  httpTarget(
    'composite',
    fc.oneof(
      at(`${DATA}/composite`, asJson(near(COMPOSITE, WORDS), COMPOSITE), typed('application/json')),
      at(`${DATA}/composite/batch`, asJson(near(BATCH, WORDS), BATCH), typed('application/json')),
    ),
  ),
  httpTarget(
    'register',
    fc.record({
      method: fc.constantFrom('POST', 'POST', 'POST', 'GET'),
      path: fc.constant('/services/oauth2/register'),
      headers: fc.constant(typed('application/json')),
      body: asJson(
        near(REGISTRATION, ['none', 'client_secret_post', 'javascript:alert(1)', 'data:,x', ...WORDS]),
        REGISTRATION,
      ),
    }),
  ),
  httpTarget(
    'records',
    fc.oneof(
      at(
        anyPath,
        asJson(near({ Name: 'A', Industry: null, attributes: { type: 'Account' } }, WORDS), { Name: 'A' }),
        accept,
      ),
      at(queried, fc.constant(''), accept, ['GET', 'GET', 'HEAD']),
      at(
        `${DATA}/jobs/query`,
        soql.map((query) => JSON.stringify({ operation: 'query', query })),
        typed('application/json'),
      ),
    ),
  ),
  httpTarget(
    'soap',
    at(
      fc.constantFrom('/services/Soap/u/67.0', '/services/soap/c/67.0/00D', '/services/Soap/'),
      mutated(
        fc.constantFrom(...SOAPS),
        ['<!DOCTYPE a>', '<urn:', '</', '&amp;', '&#x0;', '<![CDATA[', 'SELECT ', ' FROM ', ...WORDS],
        8_000,
      ),
      typed('text/xml; charset=utf-8'),
      ['POST', 'POST', 'GET'],
    ),
  ),
  httpTarget(
    'bulk',
    fc.oneof(
      at(
        `/services/async/67.0/job`,
        mutated(JOB, ['<object>', '</object>', ...WORDS], 4_000),
        typed('application/xml'),
      ),
      at(
        `/services/async/67.0/job`,
        json(WORDS).map((value) => JSON.stringify(value)),
        typed('application/json'),
      ),
      at(
        `${DATA}/jobs/ingest`,
        asJson(near({ object: 'Account', operation: 'insert', contentType: 'CSV' }, WORDS), { object: 'Account' }),
        typed('application/json'),
      ),
      at(anyPath, mutated(CSV, ['"', '""', ',', '\r\n', 'Id', ...WORDS], 4_000), typed('text/csv')),
    ),
  ),
];

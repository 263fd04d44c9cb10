/** Answers that differ from what Salesforce usually sends: fields that are missing, unknown or odd, and another host. */
import { TLSSocket } from 'node:tls';
import { steadyNow } from '../clock.ts';
import { json, redirect } from '../reply.ts';
import { amend, elsewhere, fieldsOf } from './fault-answer.ts';
import { numberOf, textOf, type Fault } from './fault.ts';

/** The faults that change what an answer says. */
export const CHANGED_ANSWERS: readonly Fault[] = [
  // 200 without a refresh_token, which means that the old one stays valid (RFC 6749 §6). The mock must not rotate: the refresh token that was sent stays the newest.
  {
    id: 'no-refresh-token',
    title: '200 without a refresh_token',
    on: 'refresh',
    phase: 'after',
    withoutRotation: true,
    change: (reply) => {
      const { refreshToken: _dropped, ...issued } = reply.issued ?? {};
      return { ...amend(reply, { refresh_token: undefined }), issued: reply.issued && issued };
    },
  },
  // 200 with an object that has no access_token (RFC 6749 §5.1 requires one); nothing is committed.
  {
    id: 'success-without-token',
    title: '200 without an access_token',
    on: 'refresh',
    phase: 'before',
    reply: () =>
      json(
        200,
        { token_type: 'Bearer', issued_at: String(steadyNow()) },
        { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
      ),
  },
  // Fields that Salesforce always sends are missing. Setting: `fields`, with commas, default `instance_url,id,signature,issued_at,scope`.
  {
    id: 'missing-fields',
    title: 'The answer lacks fields',
    on: 'code',
    phase: 'after',
    change: (reply, _exchange, settings) => {
      const fields = textOf(settings, 'fields', 'instance_url,id,signature,issued_at,scope').split(',');
      return amend(reply, Object.fromEntries(fields.map((name) => [name.trim(), undefined])));
    },
  },
  // Unknown fields: a client must ignore them (RFC 6749 §5.1).
  {
    id: 'extra-fields',
    title: 'Unknown fields in the answer',
    on: 'code',
    phase: 'after',
    change: (reply) =>
      amend(reply, {
        sfdc_community_url: 'https://community.example.com/sfc',
        sfdc_community_id: '0DB000000000001AAA',
        api_instance_url: null,
        unheard_of: { nested: ['values', 1, null] },
      }),
  },
  // `expires_in`, which Salesforce never sends. Setting: `seconds`, default 3,600.
  {
    id: 'with-expires-in',
    title: 'The answer has an expires_in',
    on: 'refresh',
    phase: 'after',
    change: (reply, _exchange, settings) => amend(reply, { expires_in: numberOf(settings, 'seconds', 3_600, 1e9) }),
  },
  // `token_type` in another case (RFC 6749 §5.1: case insensitive). Setting: `type`, default `bEARER`.
  {
    id: 'odd-token-type',
    title: 'token_type in unusual case',
    on: 'refresh',
    phase: 'after',
    change: (reply, _exchange, settings) => amend(reply, { token_type: textOf(settings, 'type', 'bEARER') }),
  },
  // Another `instance_url`: the org was moved. Setting: `to`, default the same instance under another host name.
  {
    id: 'moved-instance',
    title: 'Another instance_url',
    on: 'refresh',
    phase: 'after',
    change: (reply, _exchange, settings) => {
      const now = fieldsOf(reply)?.['instance_url'];
      return typeof now === 'string' ? amend(reply, { instance_url: textOf(settings, 'to', elsewhere(now)) }) : reply;
    },
  },
  // A redirect to another origin (RFC 9700 §4.12). Settings: `to`, default this mock under another host name; `status`, default 307.
  {
    id: 'redirect-elsewhere',
    title: 'A redirect to another origin',
    on: 'refresh',
    phase: 'before',
    reply: (exchange, settings) => {
      const { socket } = exchange.incoming;
      const here = `http${socket instanceof TLSSocket ? 's' : ''}://${exchange.header('host')}`;
      const origin = URL.canParse(here) ? here : 'http://127.0.0.1';
      const to = textOf(settings, 'to', elsewhere(`${origin}/services/oauth2/elsewhere`));
      return redirect(to, {}, numberOf(settings, 'status', 307, 399));
    },
  },
];

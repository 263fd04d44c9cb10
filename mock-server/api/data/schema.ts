/** Determines the fields of objects: standard fields, fields of the org's records, and system fields. */
import type { Records } from './records.ts';
import type { User } from '../../salesforce/org.ts';

const SYSTEM = [
  ...['Id', 'IsDeleted', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'],
  ...['Name', 'OwnerId', 'RecordTypeId', 'LastActivityDate', 'LastViewedDate', 'LastReferencedDate'],
];

/** Fields of standard objects in addition to the system fields (object reference). */
const STANDARD: Readonly<Record<string, string>> = {
  Account:
    'MasterRecordId Type ParentId BillingStreet BillingCity BillingState BillingPostalCode BillingCountry ShippingStreet ShippingCity ShippingState ShippingPostalCode ShippingCountry Phone Fax AccountNumber Website Industry AnnualRevenue NumberOfEmployees Ownership Rating Description Site AccountSource Sic',
  Contact:
    'MasterRecordId AccountId LastName FirstName Salutation MailingStreet MailingCity MailingState MailingPostalCode MailingCountry Phone Fax MobilePhone HomePhone ReportsToId Email Title Department LeadSource Birthdate Description',
  Opportunity:
    'AccountId IsPrivate Description StageName Amount Probability ExpectedRevenue CloseDate Type NextStep LeadSource IsClosed IsWon ForecastCategory CampaignId',
  Lead: 'MasterRecordId LastName FirstName Salutation Title Company Street City State PostalCode Country Phone MobilePhone Fax Email Website Description LeadSource Status Industry Rating AnnualRevenue NumberOfEmployees IsConverted',
  Case: 'MasterRecordId CaseNumber ContactId AccountId SuppliedName SuppliedEmail Type Status Reason Origin Subject Priority Description IsClosed ClosedDate ParentId',
  Task: 'WhoId WhatId Subject ActivityDate Status Priority IsHighPriority Description AccountId IsClosed',
  User: 'Username LastName FirstName CompanyName Email IsActive ProfileId UserRoleId TimeZoneSidKey LocaleSidKey LanguageLocaleKey UserType Alias',
  Organization:
    'Division Street City State PostalCode Country Phone Fax PrimaryContact InstanceName OrganizationType IsSandbox NamespacePrefix TrialExpirationDate LanguageLocaleKey',
  ContentVersion:
    'ContentDocumentId Title PathOnClient VersionData Description FileExtension ContentSize VersionNumber IsLatest',
  Attachment: 'ParentId ContentType Body BodyLength Description IsPrivate',
  Document: 'FolderId ContentType Type Body BodyLength Description DeveloperName IsPublic',
};

/** Fields whose content has a separate URL (REST API guide, sObject Blob Get). */
const BLOBS: Readonly<Record<string, string>> = { ContentVersion: 'VersionData', Attachment: 'Body', Document: 'Body' };

const lower = (text: string) => text.toLowerCase();

/** Returns the name of an object's field that holds a blob; undefined when it has none. */
export const blobOf = (type: string): string | undefined => (Object.hasOwn(BLOBS, type) ? BLOBS[type] : undefined);

/** Returns the names of an object's standard fields, `Id` first; only system fields for objects that are not standard. */
export function standardFields(type: string): readonly string[] {
  const own = Object.hasOwn(STANDARD, type) ? (STANDARD[type] ?? '').split(' ') : [];
  return [...SYSTEM, ...own];
}

/** Returns the fields that an object does not have.
 * @param fields names without relationships */
export function unknownFields(
  type: string,
  fields: readonly string[],
  { records, user }: { readonly records: Pick<Records, 'rows'>; readonly user: User },
): readonly string[] {
  const known = new Set(standardFields(type).map(lower));
  for (const row of records.rows(type, user)) for (const name of Object.keys(row)) known.add(lower(name));
  return fields.filter((field) => !known.has(lower(field)));
}

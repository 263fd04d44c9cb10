/** Builds descriptions of objects and fields with Salesforce's keys (cassettes of CumulusCI); values that the mock does not know are the
 * usual ones. */
import { standardFields } from '../data/schema.ts';
import type { ApiCall } from './api-call.ts';

/** Returns the description of an object without its fields. */
function summary(name: string, { context, base }: ApiCall) {
  const url = `${base}/sobjects/${name}`;
  return {
    activateable: false,
    createable: true,
    custom: name.endsWith('__c'),
    customSetting: false,
    deepCloneable: false,
    deletable: true,
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: context.records.prefixOf(name),
    label: name,
    labelPlural: `${name}s`,
    layoutable: true,
    mergeable: false,
    mruEnabled: true,
    name,
    queryable: true,
    replicateable: true,
    retrieveable: true,
    searchable: false,
    triggerable: true,
    undeletable: true,
    updateable: true,
    urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
  };
}

/** Returns the description of an object for lists of objects. */
export const listed = (name: string, call: ApiCall) => ({
  associateEntityType: null,
  associateParentEntity: null,
  ...summary(name, call),
});

/** Returns the whole description of an object. */
export const description = (name: string, call: ApiCall) => ({
  actionOverrides: [],
  childRelationships: [],
  compactLayoutable: true,
  defaultImplementation: null,
  extendedBy: null,
  extendsInterfaces: null,
  ...summary(name, call),
  fields: fieldsOf(name, call),
  implementedBy: null,
  implementsInterfaces: null,
  listviewable: null,
  lookupLayoutable: null,
  namedLayoutInfos: [],
  networkScopeFieldName: null,
  recordTypeInfos: [],
  searchLayoutable: true,
  supportedScopes: [{ label: `All ${name}s`, name: 'everything' }],
});

/** Returns the standard fields of the object, and those of its first 100 rows. */
function fieldsOf(type: string, { context, session }: ApiCall) {
  const samples = new Map<string, unknown>(standardFields(type).map((name) => [name, undefined]));
  for (const row of context.records.rows(type, session.user).slice(0, 100))
    for (const [name, value] of Object.entries(row)) samples.set(name, value ?? samples.get(name));
  return [...samples].map(([name, value]) => field(name, kindOf(name, value)));
}

type Kind = 'id' | 'boolean' | 'double' | 'datetime' | 'reference' | 'string';

function kindOf(name: string, value: unknown): Kind {
  if (name === 'Id') return 'id';
  if (typeof value === 'boolean' || /^Is[A-Z]/.test(name)) return 'boolean';
  if (typeof value === 'number') return 'double';
  if (/^(?:Created|LastModified)Date$|^SystemModstamp$/.test(name)) return 'datetime';
  return name.endsWith('Id') ? 'reference' : 'string';
}

const SOAP: Readonly<Record<Kind, string>> = {
  id: 'tns:ID',
  boolean: 'xsd:boolean',
  double: 'xsd:double',
  datetime: 'xsd:dateTime',
  reference: 'tns:ID',
  string: 'xsd:string',
};
/** Length of a value in characters, or digits of a number. */
const LENGTHS: Readonly<Partial<Record<Kind, number>>> = { id: 18, reference: 18, string: 255 };

const ALWAYS_FALSE = [
  ...['aiPredictionField', 'autoNumber', 'calculated', 'cascadeDelete', 'caseSensitive', 'dependentPicklist'],
  ...['deprecatedAndHidden', 'displayLocationInDecimal', 'encrypted', 'highScaleNumber'],
  ...['formulaTreatNullNumberAsZero', 'htmlFormatted', 'namePointing', 'polymorphicForeignKey', 'queryByDistance'],
  ...['restrictedDelete', 'restrictedPicklist', 'searchPrefilterable', 'unique', 'writeRequiresMasterRead'],
];
const ALWAYS_NULL = [
  ...['calculatedFormula', 'compoundFieldName', 'controllerName', 'defaultValue', 'defaultValueFormula'],
  ...['extraTypeInfo', 'filteredLookupInfo', 'inlineHelpText', 'mask', 'maskType', 'referenceTargetField'],
  'relationshipOrder',
];
const usual = Object.fromEntries([
  ...ALWAYS_FALSE.map((key): [string, false] => [key, false]),
  ...ALWAYS_NULL.map((key): [string, null] => [key, null]),
]);

/** Returns the description of one field. */
function field(name: string, type: Kind) {
  const writable = !/^(?:Id|IsDeleted|SystemModstamp|CreatedDate|CreatedById|LastModifiedDate|LastModifiedById)$/.test(
    name,
  );
  const length = LENGTHS[type] ?? 0;
  return {
    ...usual,
    aggregatable: true,
    byteLength: type === 'string' ? length * 3 : length,
    createable: writable,
    custom: name.endsWith('__c'),
    defaultedOnCreate: !writable,
    digits: 0,
    externalId: false,
    filterable: true,
    groupable: type !== 'datetime' && type !== 'double',
    idLookup: name === 'Id',
    label: name,
    length,
    name,
    nameField: name === 'Name',
    nillable: name !== 'Id',
    permissionable: writable && name !== 'Name',
    picklistValues: [],
    precision: type === 'double' ? 18 : 0,
    referenceTo: [],
    relationshipName: type === 'reference' ? name.replace(/Id$/, '') : null,
    scale: 0,
    soapType: SOAP[type],
    sortable: true,
    type,
    updateable: writable,
  };
}

// The rules of ARCHITECTURE.md that a tool can check. scripts/check-architecture.mjs plants a violation of each.
const TESTS = '\\.test\\.ts$|^testing/';
const FEATURES = 'sessions|suites|runs|atlas|exports|model|egress|sample-model|events';
const EDGES = '/(routes|store|service|cli)\\.ts$';

const oneDoor = (name, vendor, door) => ({
  name: `one-door-for-${name}`,
  severity: 'error',
  comment: `only ${door} may import ${name}`,
  from: { path: '^(api|widget)/', pathNot: [door, TESTS] },
  to: { path: `(^|/)node_modules/(${vendor})(/|$)`, dependencyTypesNot: ['type-only'] },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: [TESTS, '\\.d\\.ts$', '/(cli|server|define|pdf-worker)\\.ts$', '/generated/'] },
      to: {},
    },
    { name: 'nothing-imports-tests', severity: 'error', from: { pathNot: TESTS }, to: { path: TESTS } },
    {
      name: 'contract-is-a-leaf',
      severity: 'error',
      from: { path: '^api/contract/', pathNot: TESTS },
      to: { pathNot: ['^api/contract/', 'node_modules/typebox/'] },
    },
    {
      name: 'widget-sees-only-the-contract',
      severity: 'error',
      from: { path: '^widget/', pathNot: TESTS },
      to: { path: '^(api|prisma|scripts|testing)/', pathNot: '^api/contract/' },
    },
    {
      name: 'widget-takes-types-only',
      severity: 'error',
      from: { path: '^widget/', pathNot: TESTS },
      to: { path: '^api/contract/', pathNot: '^api/contract/limits\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    { name: 'api-never-sees-the-widget', severity: 'error', from: { path: '^api/' }, to: { path: '^widget/' } },
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^api/(atlas|results)/|^api/runs/(batch|retry)\\.ts$', pathNot: [EDGES, TESTS] },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg', 'unknown'],
        pathNot: '/node_modules/typebox/|^node_modules/typebox/',
      },
    },
    {
      name: 'core-never-reaches-an-edge',
      severity: 'error',
      from: { path: '^api/(atlas|results)/|^api/runs/(batch|retry)\\.ts$', pathNot: [EDGES, TESTS] },
      to: { path: EDGES },
    },
    {
      name: 'features-do-not-meet',
      severity: 'error',
      comment: 'results/ and contract/ are what features share; types of what is handed in may be named',
      from: { path: `^api/(${FEATURES})/`, pathNot: TESTS },
      to: { path: `^api/(${FEATURES})/`, pathNot: '^api/$1/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'atlas-flows-one-way',
      severity: 'error',
      comment: 'language, plan, execute and render meet only in the plan’s and the table’s types',
      from: { path: '^api/atlas/(language|plan|execute|render)/', pathNot: TESTS },
      to: {
        path: '^api/atlas/(language|plan|execute|render)/',
        pathNot: '^api/atlas/$1/',
        dependencyTypesNot: ['type-only'],
      },
    },
    oneDoor('openai', 'openai', '^api/model/'),
    oneDoor('undici', 'undici', '^api/egress/'),
    oneDoor('prisma', '@prisma/[^/]+', '^api/database/|store\\.ts$'),
    oneDoor('pdfkit', 'pdfkit', '^api/exports/pdf'),
    oneDoor('exceljs', 'exceljs', '^api/exports/xlsx\\.ts$'),
    oneDoor('fastify', 'fastify|@fastify/[^/]+', '^api/app\\.ts$|^api/http/|routes\\.ts$'),
    oneDoor('lit', 'lit', '^widget/'),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules|/generated/' },
    exclude: { path: '/generated/' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

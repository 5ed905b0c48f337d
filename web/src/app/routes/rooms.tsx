/** The pages inside the shell. */
import { createRoute, lazyRouteComponent, type SearchSchemaInput } from '@tanstack/react-router';
import { searchOf as accountingSearchOf, type AccountingSearch } from '@/features/accounting/filters';
import { readSearch, type AgendaSearch, type AgendaSearchInput } from '@/features/agenda/search';
import { agentSearch, type AgentSearch } from '@/features/agent/search';
import { searchOf as auditSearchOf, type AuditSearch } from '@/features/audit/filters';
import { homeSearch, type HomeSearch } from '@/features/home/search';
import { parseSearch } from '@/features/inbox/search';
import { filtersOf, searchOf, type Filters, type LeadSearch } from '@/features/leads/filters';
import { sellersSearch, type SellersSearch } from '@/features/sellers/search';
import { tasksSearch, type TasksSearch } from '@/features/tasks/search';
import { withHomeWords, withWords } from '@/lib/i18n';
import { NotFound } from '../NotFound';
import { client, clients, duplicates, privacy } from './peopleRooms';
import { shell } from './shell';

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: (search: HomeSearch & SearchSchemaInput): HomeSearch => homeSearch(search),
  component: lazyRouteComponent(() => withHomeWords(import('@/features/home/HomePage')), 'HomePage'),
});
const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inbox',
  validateSearch: parseSearch,
  component: lazyRouteComponent(() => import('@/features/inbox/InboxPage'), 'InboxPage'),
});
const noThread = createRoute({
  getParentRoute: () => inbox,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/inbox/thread/NoThread'), 'NoThread'),
});
const thread = createRoute({
  getParentRoute: () => inbox,
  path: '$conversationId',
  params: numbered('conversationId'),
  component: lazyRouteComponent(() => import('@/features/inbox/thread/ThreadPane'), 'ThreadPane'),
});
const leads = createRoute({
  getParentRoute: () => shell,
  path: '/leads',
  validateSearch: (search: LeadSearch & SearchSchemaInput): LeadSearch => searchOf(search),
  component: lazyRouteComponent(() => import('@/features/leads/LeadsPage'), 'LeadsPage'),
});
const lead = createRoute({
  getParentRoute: () => shell,
  path: '/leads/$leadId',
  params: numbered('leadId'),
  validateSearch: (search: Filters & SearchSchemaInput): Filters => filtersOf(search),
  component: lazyRouteComponent(() => withWords(import('@/features/leads/record/LeadPage')), 'LeadPage'),
});
const pipeline = createRoute({
  getParentRoute: () => shell,
  path: '/pipeline',
  validateSearch: (search: Filters & SearchSchemaInput): Filters => filtersOf(search),
  component: lazyRouteComponent(() => import('@/features/leads/board/BoardPage'), 'BoardPage'),
});
const imports = createRoute({
  getParentRoute: () => shell,
  path: '/imports',
  component: lazyRouteComponent(() => withWords(import('@/features/imports/ImportsPage')), 'ImportsPage'),
});
const oneImport = createRoute({
  getParentRoute: () => shell,
  path: '/imports/$importId',
  params: numbered('importId'),
  component: lazyRouteComponent(() => withWords(import('@/features/imports/ImportPage')), 'ImportPage'),
});
const tasks = createRoute({
  getParentRoute: () => shell,
  path: '/tasks',
  validateSearch: (search: TasksSearch & SearchSchemaInput): TasksSearch => tasksSearch(search),
  component: lazyRouteComponent(() => withWords(import('@/features/tasks/TasksPage')), 'TasksPage'),
});
const calendar = createRoute({
  getParentRoute: () => shell,
  path: '/calendar',
  validateSearch: (search: AgendaSearchInput & SearchSchemaInput): AgendaSearch => readSearch(search),
  component: lazyRouteComponent(() => withWords(import('@/features/agenda/AgendaPage')), 'AgendaPage'),
});
const sellers = createRoute({
  getParentRoute: () => shell,
  path: '/sellers',
  validateSearch: (search: SellersSearch & SearchSchemaInput): SellersSearch => sellersSearch(search),
  component: lazyRouteComponent(() => withWords(import('@/features/sellers/SellersPage')), 'SellersPage'),
});

const calendars = createRoute({
  getParentRoute: () => shell,
  path: '/calendars',
  validateSearch: ({ google }: { readonly google?: unknown } & SearchSchemaInput): { readonly google?: string } =>
    typeof google === 'string' ? { google } : {},
  component: lazyRouteComponent(() => withWords(import('@/features/calendars/CalendarsPage')), 'CalendarsPage'),
});
const agent = createRoute({
  getParentRoute: () => shell,
  path: '/studio',
  validateSearch: (search: AgentSearch & SearchSchemaInput): AgentSearch => agentSearch(search),
  component: lazyRouteComponent(() => withWords(import('@/features/agent/AgentPage')), 'AgentPage'),
});
const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  component: lazyRouteComponent(() => withWords(import('@/features/team/PeoplePage')), 'PeoplePage'),
});
const channels = createRoute({
  getParentRoute: () => shell,
  path: '/channels',
  component: lazyRouteComponent(() => withWords(import('@/features/channels/ChannelsPage')), 'ChannelsPage'),
});
const templates = createRoute({
  getParentRoute: () => shell,
  path: '/templates',
  component: lazyRouteComponent(() => withWords(import('@/features/templates/TemplatesPage')), 'TemplatesPage'),
});
const replies = createRoute({
  getParentRoute: () => shell,
  path: '/replies',
  component: lazyRouteComponent(() => withWords(import('@/features/canned/CannedPage')), 'CannedPage'),
});
const evaluation = createRoute({
  getParentRoute: () => shell,
  path: '/evaluation',
  component: lazyRouteComponent(() => withWords(import('@/features/evaluation/EvaluationPage')), 'EvaluationPage'),
});
const forms = createRoute({
  getParentRoute: () => shell,
  path: '/forms',
  component: lazyRouteComponent(() => withWords(import('@/features/forms/FormsPage')), 'FormsPage'),
});
const webhooks = createRoute({
  getParentRoute: () => shell,
  path: '/webhooks',
  component: lazyRouteComponent(() => withWords(import('@/features/webhooks/WebhooksPage')), 'WebhooksPage'),
});
const broadcasts = createRoute({
  getParentRoute: () => shell,
  path: '/broadcasts',
  component: lazyRouteComponent(() => withWords(import('@/features/broadcasts/BroadcastsPage')), 'BroadcastsPage'),
});
const knowledge = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge',
  component: lazyRouteComponent(() => withWords(import('@/features/knowledge/KnowledgePage')), 'KnowledgePage'),
});
const integrations = createRoute({
  getParentRoute: () => shell,
  path: '/integrations',
  component: lazyRouteComponent(() => withWords(import('@/features/integrations/IntegrationsPage')), 'IntegrationsPage'),
});
const apiKeys = createRoute({
  getParentRoute: () => shell,
  path: '/keys',
  component: lazyRouteComponent(() => withWords(import('@/features/apiKeys/ApiKeysPage')), 'ApiKeysPage'),
});
const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: (search: AuditSearch & SearchSchemaInput): AuditSearch => auditSearchOf(search),
  component: lazyRouteComponent(() => withWords(import('@/features/audit/AuditPage')), 'AuditPage'),
});
const accounting = createRoute({
  getParentRoute: () => shell,
  path: '/accounting',
  validateSearch: (search: AccountingSearch & SearchSchemaInput): AccountingSearch => accountingSearchOf(search),
  component: lazyRouteComponent(() => withWords(import('@/features/accounting/AccountingPage')), 'AccountingPage'),
});
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => withWords(import('@/features/settings/SettingsPage')), 'SettingsPage'),
});
const sessions = createRoute({
  getParentRoute: () => shell,
  path: '/sessions',
  component: lazyRouteComponent(() => withWords(import('@/features/auth/SessionsPage')), 'SessionsPage'),
});
const alerts = createRoute({
  getParentRoute: () => shell,
  path: '/alerts',
  component: lazyRouteComponent(() => withWords(import('@/features/alerts/AlertsPage')), 'AlertsPage'),
});
const simulator = createRoute({
  getParentRoute: () => shell,
  path: '/simulator',
  component: lazyRouteComponent(() => withWords(import('@/features/simulator/SimulatorPage')), 'SimulatorPage'),
});
const nowhere = createRoute({ getParentRoute: () => shell, path: '$', component: NotFound });

export const rooms = shell.addChildren([
  home,
  inbox.addChildren([noThread, thread]),
  leads,
  lead,
  imports,
  oneImport,
  pipeline,
  clients,
  client,
  duplicates,
  tasks,
  calendar,
  sellers,
  agent,
  calendars,
  people,
  channels,
  templates,
  replies,
  broadcasts,
  knowledge,
  evaluation,
  forms,
  webhooks,
  integrations,
  apiKeys,
  privacy,
  audit,
  accounting,
  settings,
  sessions,
  alerts,
  simulator,
  nowhere,
]);

function numbered<Name extends string>(name: Name) {
  return {
    parse: (raw: Record<Name, string>) => ({ [name]: Number.parseInt(raw[name], 10) }) as Record<Name, number>,
    stringify: (params: Record<Name, number>) => ({ [name]: String(params[name]) }) as Record<Name, string>,
  };
}

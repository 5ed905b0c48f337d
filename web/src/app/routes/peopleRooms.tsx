/** The pages of clients, of likely duplicates and of privacy. */
import { createRoute, lazyRouteComponent, type SearchSchemaInput } from '@tanstack/react-router';
import { filtersOf, type Filters, type FiltersInput } from '@/features/clients/filters';
import { withWords } from '@/lib/i18n';
import { shell } from './shell';

export const clients = createRoute({
  getParentRoute: () => shell,
  path: '/clients',
  validateSearch: (search: FiltersInput & SearchSchemaInput): Filters => filtersOf(search),
  component: lazyRouteComponent(() => withWords(import('@/features/clients/ClientsPage')), 'ClientsPage'),
});
export const client = createRoute({
  getParentRoute: () => shell,
  path: '/clients/$clientId',
  params: {
    parse: ({ clientId }) => ({ clientId: Number.parseInt(clientId, 10) }),
    stringify: ({ clientId }) => ({ clientId: String(clientId) }),
  },
  component: lazyRouteComponent(() => withWords(import('@/features/clients/ClientPage')), 'ClientPage'),
});
export const duplicates = createRoute({
  getParentRoute: () => shell,
  path: '/duplicates',
  component: lazyRouteComponent(() => withWords(import('@/features/duplicates/DuplicatesPage')), 'DuplicatesPage'),
});
export const privacy = createRoute({
  getParentRoute: () => shell,
  path: '/privacy',
  component: lazyRouteComponent(() => withWords(import('@/features/privacy/PrivacyPage')), 'PrivacyPage'),
});

/** What the ceo decides for everybody: whether names leave the app, and the template that tells the team. */
import { Select, Stack, Switch, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { templatesQuery, type Template } from '@/lib/templates/templates';
import { alertsQuery, saveCompanyRules, type CompanyRules } from './queries';

const VARIABLES = 2;

export function Company({ rules }: { readonly rules: CompanyRules }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const templates = useQuery(templatesQuery).data ?? [];
  const saving = useMutation({
    mutationFn: ({ wanted }: { readonly wanted: CompanyRules; readonly before: CompanyRules | undefined }) => saveCompanyRules(wanted),
    onMutate: async ({ wanted }) => {
      await cache.cancelQueries({ queryKey: alertsQuery.queryKey });
      cache.setQueryData(alertsQuery.queryKey, (known) => known && { ...known, company: wanted });
    },
    onSuccess: (_, { before }) => toast(t('alerts.saved'), before && (() => saving.mutate({ wanted: before, before: undefined }))),
    onError: toastProblem,
    onSettled: () => cache.invalidateQueries({ queryKey: alertsQuery.queryKey }),
  });
  const set = (change: Partial<CompanyRules>) => saving.mutate({ wanted: { ...rules, ...change }, before: rules });
  const fitting = templates.filter((template) => fits(template) || template.id === rules.template_id);
  return (
    <section aria-labelledby="alerts-company">
      <Title order={2} id="alerts-company" mb="xs">
        {t('alerts.company')}
      </Title>
      <Stack gap="md">
        <Switch
          label={t('alerts.names')}
          description={t('alerts.namesHint')}
          checked={rules.show_names}
          onChange={({ currentTarget: { checked } }) => set({ show_names: checked })}
        />
        <Select
          maw={420}
          label={t('alerts.template')}
          description={t('alerts.templateHint')}
          placeholder={t('alerts.noTemplate')}
          clearable
          clearButtonProps={{ 'aria-label': t('alerts.noTemplate') }}
          data={fitting.map(({ id, name, language }) => ({ value: String(id), label: `${name} · ${language}` }))}
          value={rules.template_id === null ? null : String(rules.template_id)}
          onChange={(value) => set({ template_id: value === null ? null : Number(value) })}
        />
      </Stack>
    </section>
  );
}

/** The server judges the same again. */
function fits({ sendable, variables }: Template): boolean {
  return sendable && variables.length === VARIABLES && variables.every(({ part }) => part === 'body');
}

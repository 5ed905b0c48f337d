/** How the agent works wherever a conversation does not say otherwise: for who may decide it (UI §3: the ceo). */
import { ActionIcon } from '@mantine/core';
import { IconRobot } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionMenu } from '@/components/ActionMenu';
import { toast, toastProblem } from '@/components/toast';
import { api, bodyOf } from '@/lib/api/client';
import { can, meQuery, useMe } from '@/lib/session/session';
import { MODE_ICONS, MODES } from '@/features/inbox/modes';
import type { AgentMode } from '@/features/inbox/queries';
import styles from './List.module.css';

export function CompanyMode() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const me = useMe();
  const [opened, setOpened] = useState(false);
  const { agent_name: agent, agent_mode: mode } = me.tenant;
  const show = (agent_mode: AgentMode) =>
    cache.setQueryData(meQuery.queryKey, (known) => known && { ...known, tenant: { ...known.tenant, agent_mode } });
  const changing = useMutation({
    mutationFn: async ({ to }: { readonly to: AgentMode; readonly undoing: boolean }) =>
      bodyOf(await api.PATCH('/agent/settings', { body: { agent_mode: to } })),
    onMutate: ({ to }) => {
      show(to);
      return mode;
    },
    onError: (error, _to, before) => {
      if (before) show(before);
      toastProblem(error);
    },
    onSuccess: ({ agent_mode }, { undoing }, before) => {
      show(agent_mode);
      const back = () => changing.mutate({ to: before, undoing: true });
      if (!undoing) toast(t(`mode.saidCompany.${agent_mode}`, { agent }), back);
    },
  });
  if (!can(me, 'agent.write')) return null;
  const title = t('mode.company', { agent });
  const now = `${title}: ${t(`mode.name.${mode}`)}`;
  const items = MODES.map((each) => {
    const ModeIcon = MODE_ICONS[each];
    return {
      key: each,
      label: t(`mode.name.${each}`),
      hint: t(`mode.hint.${each}`, { agent }),
      icon: <ModeIcon size={16} aria-hidden />,
      checked: each === mode,
      onRun: () => changing.mutate({ to: each, undoing: false }),
    };
  });
  return (
    <ActionMenu title={title} sections={[{ key: 'mode', label: title, items }]} opened={opened} onChange={setOpened}>
      <ActionIcon
        variant={mode === 'autopilot' ? 'subtle' : 'light'}
        color="agent"
        className={styles['tool']}
        size={36}
        title={now}
        aria-label={now}
      >
        <IconRobot size={18} />
      </ActionIcon>
    </ActionMenu>
  );
}

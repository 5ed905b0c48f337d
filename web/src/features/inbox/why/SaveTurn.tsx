/** Keeps the turn as a test: what names people goes, and /evaluation plays it again. */
import { Button } from '@mantine/core';
import { IconTestPipe } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notify, toastProblem } from '@/components/toast';
import { api, bodyOf } from '@/lib/api/client';

export function SaveTurn({ turnId }: { readonly turnId: number }) {
  const { t } = useTranslation();
  const saving = useMutation({
    mutationFn: async () => bodyOf(await api.POST('/agent/turns/{turn_id}/scenario', { params: { path: { turn_id: turnId } } })),
    onSuccess: () => notify(t('why.kept')),
    onError: toastProblem,
  });
  return (
    <Button
      mt="md"
      variant="default"
      leftSection={<IconTestPipe size={16} aria-hidden />}
      loading={saving.isPending}
      disabled={saving.isSuccess}
      onClick={() => saving.mutate()}
    >
      {t('why.keep')}
    </Button>
  );
}

/** The seller's photo: chosen, made small before it leaves the device, taken away and brought back. */
import { Button, FileButton, Group, Text } from '@mantine/core';
import { IconCamera, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Face } from '@/components/Face';
import { toastRefusal } from '@/components/refusalToast';
import { toast, toastProblem } from '@/components/toast';
import { asProblem } from '@/lib/api/problem';
import { hidePhoto, restorePhoto, sendPhoto, type Seller } from './queries';
import { smaller } from './smaller';
import { keepProfile } from './useProfile';

const ACCEPTED = 'image/jpeg,image/png,image/webp';

export function PhotoPart({ seller, editing }: { readonly seller: Seller; readonly editing: boolean }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const onSuccess = (profile: Parameters<typeof keepProfile>[1]) => keepProfile(cache, profile);
  const onError = (error: unknown) => {
    const { code } = asProblem(error);
    if (code === 'file_refused' || code === 'body_too_large') toastRefusal(t('sellers.photo.refused'));
    else toastProblem(error);
  };
  const sending = useMutation({ mutationFn: async (file: File) => sendPhoto(seller.id, await smaller(file)), onSuccess, onError });
  const restoring = useMutation({ mutationFn: () => restorePhoto(seller.id), onSuccess, onError });
  const hiding = useMutation({
    mutationFn: () => hidePhoto(seller.id),
    onError,
    onSuccess: (profile) => {
      onSuccess(profile);
      toast(t('sellers.photo.gone'), () => restoring.mutate());
    },
  });
  return (
    <Group gap="md" wrap="nowrap">
      <Face seller={seller} size={72} />
      {editing ? (
        <Group gap="sm">
          <FileButton accept={ACCEPTED} onChange={(file) => file && sending.mutate(file)}>
            {(props) => (
              <Button {...props} variant="default" loading={sending.isPending} leftSection={<IconCamera size={16} aria-hidden />}>
                {seller.photo === null ? t('sellers.photo.add') : t('sellers.photo.change')}
              </Button>
            )}
          </FileButton>
          {seller.photo !== null && (
            <Button variant="default" loading={hiding.isPending} leftSection={<IconTrash size={16} aria-hidden />} onClick={() => hiding.mutate()}>
              {t('sellers.photo.remove')}
            </Button>
          )}
          <Text size="sm" c="var(--nx-text2)">
            {t('sellers.photo.hint')}
          </Text>
        </Group>
      ) : (
        <Text fw={500}>{seller.name}</Text>
      )}
    </Group>
  );
}

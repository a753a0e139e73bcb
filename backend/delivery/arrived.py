"""What has arrived has, whatever comes of sending it once more: as SQL over d (deliveries)."""

HAS_ARRIVED = "exists (select from delivery_attempts a where a.delivery_id = d.id and a.outcome = 'sent')"

"""The statements that bring a chunk of orders into the tables; a chunk travels as one JSON array.

What is unchanged costs an index lookup and no write.
"""

KNOWN = """
    select id, external_shipment_id, content_hash from orders
    where store_id = $1::bigint and channel = $2::text and external_shipment_id = any($3::text[])
"""

# Who changes a single order holds its row: its status is what it is until this transaction ends.
HOLD = """
    select id, external_shipment_id, status, pending_exception_count from orders
    where id = any($1::bigint[]) order by id for update
"""

ADD_CUSTOMERS = """
    insert into customers (store_id, email, first_name, last_name, phone, locale, created_at, updated_at)
    select $2::bigint, i.email, i.first_name, i.last_name, i.phone, i.locale, $3::timestamptz, $3::timestamptz
    from jsonb_to_recordset($1::jsonb) as i (
        email text, first_name text, last_name text, phone text, locale text)
    order by i.email
    on conflict (store_id, email) do nothing
    returning id
"""

# Tracking that was set here stays when the source knows of none.
WRITE_ORDERS = """
    insert into orders as o (
        store_id, channel, customer_id, external_shipment_id, external_order_id, external_order_number, order_number,
        external_data, content_hash, status, customer_email, customer_name, customer_locale, shipping_address,
        billing_address, shipping_country_iso, billing_country_iso, subtotal_cents, total_amount_cents, currency,
        tracking_provider, tracking_number, order_date, pending_exception_count, created_at, updated_at)
    select
        $2::bigint, $3::text,
        (select c.id from customers c where c.store_id = $2::bigint and c.email = i.customer_email),
        i.external_shipment_id, i.external_order_id, i.external_order_number, i.order_number,
        i.external_data, decode(i.content_hash, 'hex'), i.status, i.customer_email, i.customer_name,
        i.customer_locale, i.shipping_address, i.billing_address, i.shipping_country_iso, i.billing_country_iso,
        i.subtotal_cents, i.total_amount_cents, i.currency, i.tracking_provider, i.tracking_number, i.order_date,
        i.pending_exception_count, $4::timestamptz, $4::timestamptz
    from jsonb_to_recordset($1::jsonb) as i (
        external_shipment_id text, external_order_id text, external_order_number text, order_number text,
        external_data jsonb, content_hash text, status text, customer_email text, customer_name text,
        customer_locale text, shipping_address jsonb, billing_address jsonb, shipping_country_iso text,
        billing_country_iso text, subtotal_cents bigint, total_amount_cents bigint, currency text,
        tracking_provider text, tracking_number text, order_date timestamptz, pending_exception_count integer)
    order by i.external_shipment_id
    on conflict (store_id, channel, external_shipment_id) do update set
        customer_id = excluded.customer_id,
        external_order_id = excluded.external_order_id,
        external_order_number = excluded.external_order_number,
        order_number = excluded.order_number,
        external_data = excluded.external_data,
        content_hash = excluded.content_hash,
        status = excluded.status,
        customer_email = excluded.customer_email,
        customer_name = excluded.customer_name,
        customer_locale = excluded.customer_locale,
        shipping_address = excluded.shipping_address,
        billing_address = excluded.billing_address,
        shipping_country_iso = excluded.shipping_country_iso,
        billing_country_iso = excluded.billing_country_iso,
        subtotal_cents = excluded.subtotal_cents,
        total_amount_cents = excluded.total_amount_cents,
        currency = excluded.currency,
        tracking_provider = case when excluded.tracking_number is null and o.tracking_number is not null
            then o.tracking_provider else excluded.tracking_provider end,
        tracking_number = coalesce(excluded.tracking_number, o.tracking_number),
        order_date = excluded.order_date,
        confirmed_at = coalesce(o.confirmed_at, case
            when o.status = 'pending' and excluded.status not in ('pending', 'cancelled') then $4::timestamptz end),
        updated_at = excluded.updated_at
    where o.content_hash is distinct from excluded.content_hash
    returning o.id, o.external_shipment_id
"""

# What an item was matched with stays; rematching.py changes it when the item's numbers have changed.
WRITE_ITEMS = """
    with input as materialized (
        select * from jsonb_to_recordset($1::jsonb) as i (
            order_id bigint, product_id bigint, external_variant_id text, product_name text, sku text, mpn text,
            brand text, gtin text, gtin_type text, item_state text, needs_product_match boolean, quantity integer,
            unit_price_cents bigint, total_price_cents bigint, units jsonb, exception_type text,
            comparable_gtin text)
    ),
    written as (
        insert into order_items as t (
            order_id, product_id, external_variant_id, product_name, sku, mpn, brand, gtin, gtin_type, item_state,
            needs_product_match, quantity, unit_price_cents, total_price_cents, units)
        select
            i.order_id, i.product_id, i.external_variant_id, i.product_name, i.sku, i.mpn, i.brand, i.gtin,
            i.gtin_type, i.item_state, i.needs_product_match, i.quantity, i.unit_price_cents, i.total_price_cents,
            i.units
        from input i order by i.order_id, i.external_variant_id
        on conflict (order_id, external_variant_id) do update set
            product_name = excluded.product_name,
            sku = excluded.sku,
            mpn = excluded.mpn,
            brand = excluded.brand,
            gtin = excluded.gtin,
            gtin_type = excluded.gtin_type,
            item_state = excluded.item_state,
            quantity = excluded.quantity,
            unit_price_cents = excluded.unit_price_cents,
            total_price_cents = excluded.total_price_cents,
            units = excluded.units
        -- xmax is 0 on a row that this statement inserted.
        returning t.id, t.order_id, t.external_variant_id, (t.xmax = 0) as is_new
    )
    insert into order_item_exceptions (
        order_item_id, order_id, store_id, original_gtin, original_product_name, original_sku, comparable_gtin,
        exception_type, created_at, updated_at)
    select
        w.id, w.order_id, $2::bigint, left(i.gtin, 50), left(i.product_name, 500), left(i.sku, 100),
        i.comparable_gtin, i.exception_type, $3::timestamptz, $3::timestamptz
    from written w join input i using (order_id, external_variant_id)
    where w.is_new and i.exception_type is not null
    order by w.id
    returning order_id
"""

# What a changed order no longer has, with its exception.
DROP_ITEMS = """
    delete from order_items t
    where t.order_id = any($1::bigint[]) and not exists (
        select from unnest($2::bigint[], $3::text[]) as i (order_id, external_variant_id)
        where i.order_id = t.order_id and i.external_variant_id = t.external_variant_id)
    returning t.id
"""

# Of orders that somebody has dealt with meanwhile: nothing is blocked any more.
MOVED_ON = """
    select exception_notification_id as id from orders
    where id = any($1::bigint[]) and status <> 'pending' and exception_notification_id is not null
"""

LINK_NOTIFICATIONS = """
    update orders o set exception_notification_id = i.notification_id
    from unnest($1::bigint[], $2::bigint[]) as i (order_id, notification_id)
    where o.id = i.order_id
    returning o.id
"""

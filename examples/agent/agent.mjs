// A small support agent. What it wants to do for a ticket is decided here by a few lines, where another agent would ask a model: either way
// it only says what it wants. Whether that is done, the policy decides, and a person where the policy says so; and all of it is recorded.

/** The actions that the agent wants to do for a ticket, in a row. */
export function actionsFor({ id, customer, order, wants }) {
  const read = { type: 'read_ticket', target: `ticket/${id}`, params: { id } };
  const answer = (subject) => ({
    type: 'send_mail',
    target: `customer/${customer}`,
    params: { to: customer, subject },
    description: `answers ticket ${id}`,
  });
  const readOrder = { type: 'read_order', target: `order/${order}`, params: { id: order } };
  switch (wants) {
    case 'refund': {
      const amount = order === 501 ? 20 : 900;
      return [
        read,
        readOrder,
        { type: 'refund', target: `order/${order}`, params: { order, amount }, description: `ticket ${id}` },
        { type: 'read_settings', target: 'mail' },
        answer('Your refund'),
      ];
    }
    case 'deletion':
      return [read, { type: 'delete_customer', target: `customer/${customer}`, params: { id: customer } }];
    case 'new address': {
      const address = { id: customer, street: 'Storgatan 4', city: 'Lund' };
      return [
        read,
        { type: 'read_customer', target: `customer/${customer}`, params: { id: customer } },
        { type: 'update_customer', target: `customer/${customer}`, params: address, description: `ticket ${id}` },
        answer('Your new address'),
      ];
    }
    case 'parcel':
      return [
        read,
        readOrder,
        { type: 'read_parcel', target: `parcel/${order}`, params: { order } },
        answer('Where your parcel is'),
      ];
    case 'invoice':
      return [read, readOrder, answer('Your invoice')];
    case 'all orders':
      return [read, { type: 'export_orders', target: 'orders', params: { format: 'csv' } }];
    default:
      return [read, { type: 'read_customers', target: 'customers' }, answer('All our customers')];
  }
}

# Copyright 2026 Tierslieux
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL


class BookingHold(models.Model):
    """What the database forbids twice, under any isolation.

    A booking holds its seats. Each space that contains what is booked is held
    ``inside``: nobody can book that space meanwhile, but its other parts stay free.
    """

    _name = "tierslieux.booking.hold"
    _description = "Hold"
    _order = "start, id"
    _log_access = False

    booking_id = fields.Many2one(
        "tierslieux.booking", required=True, ondelete="cascade", index=True
    )
    bookable_id = fields.Many2one(
        "tierslieux.bookable", required=True, ondelete="restrict"
    )
    seat = fields.Integer(required=True, help="From 1; 0 for what is held inside.")
    start = fields.Datetime(required=True)
    stop = fields.Datetime(required=True)
    inside = fields.Boolean(required=True)

    _order_of_time = models.Constraint(
        "CHECK (start < stop)", "A booking ends after it starts."
    )
    _seat_or_inside = models.Constraint(
        "CHECK (inside = (seat = 0) AND seat >= 0)",
        "A hold is on a seat, or on the space around.",
    )
    _seat_once = models.Constraint(
        """EXCLUDE USING gist (
            bookable_id WITH =,
            seat WITH =,
            tsrange(start, stop) WITH &&
        ) WHERE (NOT inside)""",
        "This is booked already at that time.",
    )
    # The range first: what is held on a day is found by this index alone.
    _space_or_part = models.Constraint(
        """EXCLUDE USING gist (
            tsrange(start, stop) WITH &&,
            bookable_id WITH =,
            inside WITH <>
        )""",
        "The space, or something in it, is booked already at that time.",
    )

    def init(self):
        """At the end of each transaction a booking that stands has all its holds, and
        one that was cancelled none: there is no way around them."""
        super().init()
        self._query_create_check()

    @api.model
    def _query_insert(self, rows):
        """Hold what nobody else holds.

        :param rows: ``[(booking, bookable, seat, start, stop, inside), …]``, ids
        :return: ids of the bookings, one for each row that could be held
        """
        found = self.env.execute_query(self._query_insertion(rows))
        return [booking for (booking,) in found]

    @api.model
    def _query_insert_all(self, rows, before):
        """Hold all of these or raise ``DivisionByZero``, and end the savepoint of
        ``bookable._hold``, in one round trip.

        :param before: what is sent first
        """
        self.env.cr.execute(
            SQL(
                """
                %s
                WITH held AS (%s) SELECT 1 / (count(*) = %s)::integer FROM held;
                RELEASE SAVEPOINT tierslieux_hold
                """,
                before,
                self._query_insertion(rows),
                len(rows),
            )
        )

    @api.model
    def _query_insertion(self, rows):
        # In one order for everybody: two that want the same do not wait for one
        # another.
        rows = sorted(rows, key=lambda row: (row[1], row[2], row[3]))
        self.env["tierslieux.booking"].flush_model()
        return SQL(
            """
            INSERT INTO tierslieux_booking_hold
                   (booking_id, bookable_id, seat, start, stop, inside)
            SELECT * FROM unnest(
                %s::integer[], %s::integer[], %s::integer[],
                %s::timestamp[], %s::timestamp[], %s::boolean[]
            )
            ON CONFLICT DO NOTHING
            RETURNING booking_id
            """,
            *(list(column) for column in zip(*rows, strict=True)),
        )

    @api.model
    def _query_create_check(self):
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION tierslieux_check_booking(one integer)
                RETURNS void LANGUAGE plpgsql AS $$
                DECLARE
                    sound boolean;
                BEGIN
                    SELECT CASE WHEN booking.state = 'cancelled'
                           THEN count(hold.id) = 0
                           ELSE count(hold.id) FILTER (
                                    WHERE hold.bookable_id = booking.bookable_id
                                      AND NOT hold.inside
                                ) = booking.seats
                            AND count(DISTINCT hold.bookable_id) FILTER (
                                    WHERE hold.inside
                                      AND bookable.parent_path LIKE
                                          '%%' || hold.bookable_id || '/%%'
                                ) = array_length(
                                    string_to_array(bookable.parent_path, '/'), 1
                                ) - 2
                            AND bool_and(
                                    hold.start <= booking.start
                                    AND hold.stop >= booking.stop
                                )
                           END
                      INTO sound
                      FROM tierslieux_booking booking
                      JOIN tierslieux_bookable bookable
                        ON bookable.id = booking.bookable_id
                 LEFT JOIN tierslieux_booking_hold hold
                        ON hold.booking_id = booking.id
                     WHERE booking.id = one
                  GROUP BY booking.id, bookable.id;
                    IF sound IS FALSE THEN
                        RAISE EXCEPTION 'Booking %% and what it holds differ.', one
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                END $$;
                CREATE OR REPLACE FUNCTION tierslieux_booking_changed()
                RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM tierslieux_check_booking(NEW.id);
                    RETURN NULL;
                END $$;
                CREATE OR REPLACE FUNCTION tierslieux_hold_changed()
                RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM tierslieux_check_booking(OLD.booking_id);
                    RETURN NULL;
                END $$;
                DROP TRIGGER IF EXISTS booking_holds ON tierslieux_booking;
                CREATE CONSTRAINT TRIGGER booking_holds
                    AFTER INSERT OR UPDATE OF state, bookable_id, start, stop, seats
                    ON tierslieux_booking DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION tierslieux_booking_changed();
                DROP TRIGGER IF EXISTS hold_of_booking ON tierslieux_booking_hold;
                CREATE CONSTRAINT TRIGGER hold_of_booking
                    AFTER UPDATE OR DELETE
                    ON tierslieux_booking_hold DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION tierslieux_hold_changed();
                """
            )
        )

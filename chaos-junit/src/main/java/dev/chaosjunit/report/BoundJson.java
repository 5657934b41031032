// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;

/** An upper bound in JSON, which has no infinity: null where there is none. */
final class BoundJson {
    private BoundJson() {}

    /** Where it is. */
    interface OfCalls {
        @JsonSerialize(using = Writer.class)
        @JsonDeserialize(using = Reader.class)
        double upper();
    }

    /** Writes a bound. */
    static final class Writer extends StdScalarSerializer<Double> {
        private static final long serialVersionUID = 1;

        Writer() {
            super(Double.class);
        }

        @Override
        public void serialize(Double bound, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (Double.isFinite(bound)) {
                json.writeNumber(bound);
            } else {
                json.writeNull();
            }
        }
    }

    /** Reads what the writer wrote. */
    static final class Reader extends StdScalarDeserializer<Double> {
        private static final long serialVersionUID = 1;

        Reader() {
            super(Double.class);
        }

        @Override
        public Double deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return json.getDoubleValue();
        }

        @Override
        public Double getNullValue(DeserializationContext context) {
            return Double.POSITIVE_INFINITY;
        }
    }
}

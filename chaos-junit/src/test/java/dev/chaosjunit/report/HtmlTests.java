// SPDX-License-Identifier: Apache-2.0
package dev.chaosjunit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HtmlTests {
    @Test
    @DisplayName("text and attribute values are escaped")
    void escapes() {
        String html =
                new Html().leaf("p", "<b> & 'x' \"y\"", "title", "\"><script>").toString();

        assertThat(html)
                .isEqualTo("<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt; &amp; &#39;x&#39; &quot;y&quot;</p>");
    }

    @Test
    @DisplayName("control characters, which no HTML may have, are replaced; lines and tabs stay")
    void replacesControlCharacters() {
        assertThat(Html.escape("a\u0000\u001b[31m\tb\nc")).isEqualTo("a\uFFFD\uFFFD[31m\tb\nc");
    }

    @Test
    @DisplayName("an element left open is a mistake that is found")
    void findsOpenElements() {
        Html html = new Html().open("div").open("p").close();

        assertThatThrownBy(html::toString).hasMessage("elements left open: [div]");
    }
}
